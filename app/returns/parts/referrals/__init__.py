"""Parts about referrals, agreements and funded places."""
