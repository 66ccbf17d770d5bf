/// Users, roles, what they may do, and the tokens that are valid. It is plain state: passwords are checked and
/// tokens are made elsewhere.
@NullMarked
package io.metastore.server.auth;

import org.jspecify.annotations.NullMarked;
