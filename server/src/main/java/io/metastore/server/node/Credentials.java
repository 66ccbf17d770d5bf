package io.metastore.server.node;

/// What a client shows to say who it is.
public sealed interface Credentials {
    /// Nothing.
    Credentials NONE = new Anonymous();

    /// The member asks by itself, and may do anything.
    Credentials MEMBER = new Member();

    record Anonymous() implements Credentials {}

    /// What it was given when it logged in, as it was sent.
    record Token(String text) implements Credentials {
        /// Without the token.
        @Override
        public String toString() {
            return "Token[]";
        }
    }

    /// The name in its certificate, which the connection has checked.
    record CommonName(String name) implements Credentials {}

    /// A user whose password was checked when the connection began.
    record User(String name) implements Credentials {}

    record Member() implements Credentials {}
}
