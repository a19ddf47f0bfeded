"""Parts of applications and ends of grants: questions, budgets, groups, targets."""
