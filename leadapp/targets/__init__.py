"""Places both sides can reach: a folder, SFTP, S3; the only package that can open a socket."""
