"""The server: connections that hold no worker, lanes for requests, and fair shares of both for every visitor."""
