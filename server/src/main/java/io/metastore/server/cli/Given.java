package io.metastore.server.cli;

/// A value that somebody gave.
///
/// @param origin `flag -name`, the variable's name or the file and its key: how messages call it, as etcd's do
record Given(Flag flag, String value, String origin) {
    static Given byFlag(Flag flag, String value) {
        return new Given(flag, value, "flag -" + flag.name());
    }

    boolean isByFlag() {
        return origin.equals("flag -" + flag.name());
    }

    static Given byVariable(Flag flag, String value) {
        return new Given(flag, value, flag.variable());
    }
}
