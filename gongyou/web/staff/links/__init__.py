"""The union's own pages for jobs and for joining, edited by officers."""
