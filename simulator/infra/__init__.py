"""Technology: everything here would serve any simulator; no rule of MijnOverheid lives below this line."""
