"""What every page of the tool shares: how a request is read, how a page is made, and what its headers say."""
