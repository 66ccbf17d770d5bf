package io.metastore.server.request;

/// Who asks for something, as the member that admitted the request found it.
///
/// @param user empty when the client did not say who it is
/// @param authRevision the revision of users and roles at which the user was known, at least 1; 0 for nobody
public record Caller(String user, long authRevision) {
    public static final Caller NOBODY = new Caller("", 0);
}
