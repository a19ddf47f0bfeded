"""Templates and figures become filled returns; filled returns become paper."""
