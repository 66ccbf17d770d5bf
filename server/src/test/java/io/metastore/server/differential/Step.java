package io.metastore.server.differential;

import java.util.Map;

/// One thing that a script does. `source` is what the script says, with the row's and loops' variables filled in; it
/// is what the transcript shows, so it must not hold anything that differs between two runs.
sealed interface Step {
    String source();

    /// One request; the answers are all messages until the stream ends, and an error if it ends with one.
    record Call(String source, Map<String, String> metadata, String method, String body) implements Step {}

    /// A preparation: it must succeed, and the transcript says nothing of it.
    record Quiet(String source, Call call) implements Step {}

    /// The call is repeated until the field has the value, or, with an empty path, until it is refused with a text
    /// that ends as expected; only the last answer counts. `${attempt}` in the request is 0, 0, 1, 1, 2 and so on:
    /// two of a kind shortly one after another.
    record Await(String source, String path, String expected, Call call) implements Step {}

    /// Keeps a field of the last answer for `${name}`.
    record Save(String source, String name, String path) implements Step {}

    /// Bytes that no client library would send: an unknown method, an unknown field.
    record Raw(String source, Map<String, String> metadata, String method, String hex) implements Step {}

    record Open(String source, Map<String, String> metadata, String stream, String method) implements Step {}

    record Send(String source, String stream, String body) implements Step {}

    /// The next messages of a stream.
    ///
    /// @param sorted when the order of these messages is not fixed: one commit seen by several watchers of a stream
    record Receive(String source, String stream, int count, boolean sorted) implements Step {}

    /// Nothing arrives on the stream for a while.
    record Silent(String source, String stream) implements Step {}

    /// The client will send no more.
    record Finish(String source, String stream) implements Step {}

    /// The client gives the stream up.
    record Abort(String source, String stream) implements Step {}

    /// The server ends the stream.
    record Ended(String source, String stream) implements Step {}

    /// A request over plain HTTP.
    ///
    /// @param lines of the answer that are waited for, then the client goes; 0 for the whole answer
    /// @param request method, path and body, with blanks between them
    record Http(String source, Map<String, String> headers, int lines, String request) implements Step {}

    /// The request is repeated until its answer holds the text; only the last answer counts. `${attempt}` as in
    /// `Await`.
    record Until(String source, String text, Http http) implements Step {}

    /// Reads a whole snapshot stream and shows what is fixed in it.
    record Snapshot(String source) implements Step {}

    /// The server stops and starts again on its data.
    ///
    /// @param killed by SIGKILL rather than SIGTERM
    record Restart(String source, boolean killed) implements Step {}

    /// The step is asked of this member: its name, or `leader`, or `follower` for the first voter that does not lead;
    /// who that is, is settled when the script first says so. All else is asked of the first member.
    record At(String source, String member, Step step) implements Step {}

    /// As many requests at once, whose answers nobody waits for.
    record Flood(String source, int count, Call call) implements Step {}

    /// A request over plain HTTP whose answer is looked at later, as the end of a stream.
    record Begin(String source, String stream, Http http) implements Step {}

    /// Something happens to a member.
    record Fate(String source, Act act, String member) implements Step {}

    /// What may happen to a member.
    enum Act {
        /// It ends without notice.
        HALT,
        /// It begins, anew or on what it left, and serves when the step is over.
        START,
        /// It stands still, with all its connections open.
        PAUSE,
        /// It goes on where it stood.
        RESUME
    }
}
