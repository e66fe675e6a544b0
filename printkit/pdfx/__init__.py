"""What every PDF that printkit writes has in common: boxes, output intent, identity, metadata, bytes."""
