package io.metastore.e2e.net;

import java.time.Duration;

/// How one direction between two members is.
public sealed interface Condition {
    record Open() implements Condition {}

    /// Nothing comes through and nothing is closed; what is under way comes when it is open again, as with
    /// a cable that is pulled for a while.
    record Held() implements Condition {}

    /// Connections are closed, and new ones too.
    record Refused() implements Condition {}

    record Delayed(Duration by) implements Condition {}
}
