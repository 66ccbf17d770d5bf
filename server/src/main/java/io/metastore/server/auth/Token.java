package io.metastore.server.auth;

import io.metastore.server.model.Bytes;

/// A simple token that is valid: what it is checked with, and whose it is.
///
/// @param digest SHA-256 of its secret part
/// @param index the place in the log where it was made, which is its other part
public record Token(Bytes digest, String user, long index) {}
