"""Judge a design by what it makes: each page is read once, and rules look at it by the workspace's limits."""
