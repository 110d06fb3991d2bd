"""督察档案: build tools for an archive of news about environmental-protection inspections."""
