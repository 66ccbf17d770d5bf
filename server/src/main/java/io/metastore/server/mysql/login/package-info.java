/// The beginning of a connection: greeting, TLS, and the proof of who the client is. It knows how
/// passwords are proved and asks `Accounts` whether they are right.
@NullMarked
package io.metastore.server.mysql.login;

import org.jspecify.annotations.NullMarked;
