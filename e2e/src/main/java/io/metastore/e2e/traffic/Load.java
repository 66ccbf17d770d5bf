package io.metastore.e2e.traffic;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Call;

/// What one client asks, one call after the other.
interface Load {
    Call next();

    /// The answer to the last call.
    void told(Call call, Answer answer);
}
