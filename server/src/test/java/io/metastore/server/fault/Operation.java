package io.metastore.server.fault;

/// One call of one client, as the client saw it.
///
/// @param start nanoseconds of a clock that all clients share, before the request was sent
/// @param end the same clock, after the answer had come
record Operation(int client, long start, long end, Call call, Answer answer) {
    /// What was asked. Values are unique over the whole history, so that a change shows which call made it.
    sealed interface Call {
        String key();

        record Put(String key, String value) implements Call {}

        /// Writes the value only if the key's last change was at this revision; otherwise reads the key.
        record Swap(String key, long expected, String value) implements Call {}

        /// A linearizable read.
        record Read(String key) implements Call {}
    }

    /// What was told. `revision` is that of the answer's header.
    sealed interface Answer {
        record Written(long revision) implements Answer {}

        /// A read, or the read of a swap that found another version than it expected.
        record Seen(long revision, Version version) implements Answer {}

        /// No answer: the call may have happened, at any time after its start, or never.
        record Lost() implements Answer {}
    }
}
