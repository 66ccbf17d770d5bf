package io.metastore.e2e.history;

/// One call of one client, as the client saw it.
///
/// @param start nanoseconds of a clock that all clients share, before the request was sent
/// @param end the same clock, after the answer had come
/// @param member which member was asked
public record Operation(int client, String member, long start, long end, Call call, Answer answer) {
    public boolean lost() {
        return answer instanceof Answer.Lost;
    }

    /// Whether it was told that it changed keys.
    public boolean changed() {
        return answer instanceof Answer.Done done && done.results().stream().anyMatch(Answer.Result::changed);
    }

    @Override
    public String toString() {
        return "client %d at %s, %.3f to %.3f ms: %s → %s"
                .formatted(client, member, start / 1e6, end / 1e6, call, answer);
    }
}
