package io.metastore.server.watch;

import java.util.List;

/// Where a stream's messages go: a listener's connection to its client. `deliver` and `ended` are never called by two
/// threads at once, but not always by the same one. None of the methods may block for long.
///
///     ready() → true    deliver([...])    ready() → false    ... the connection drains ...    stream.resume()
public interface WatchSink {
    /// Whether the client takes more. After this said no, `WatchStream.resume` must be called once it is yes again,
    /// and it may be called at any other time too.
    boolean ready();

    /// Sends the messages in this order; only called after `ready` said yes. The list is the sink's to keep. A sink
    /// that throws is closed.
    void deliver(List<WatchMessage> messages);

    /// The last call: this member ended the stream. Not called after `WatchStream.close`.
    void ended(Ending ending);

    /// Why a member ends a stream.
    enum Ending {
        /// The member is stopping.
        STOPPED,
        /// The sink or the store failed.
        FAILED
    }
}
