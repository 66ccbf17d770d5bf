package io.metastore.server.mysql.login;

import java.util.Optional;

/// Who is logged in.
///
/// @param capabilities those that both sides have
/// @param database that it asked for
/// @param charset the number of the collation of what it sends
public record Client(String user, String host, long capabilities, Optional<String> database, int charset) {
    public boolean can(long capability) {
        return (capabilities & capability) != 0;
    }
}
