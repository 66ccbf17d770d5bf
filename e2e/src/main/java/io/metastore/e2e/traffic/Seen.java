package io.metastore.e2e.traffic;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a client knows of the store from its own answers.
final class Seen {
    private final Map<String, Long> changed = new HashMap<>();
    private long revision = 1;

    /// The newest revision that was told.
    long revision() {
        return revision;
    }

    /// The revision of the last change of a key that was told; 0 for an absent or unknown one.
    long changed(String key) {
        return changed.getOrDefault(key, 0L);
    }

    void learn(Call call, Answer answer) {
        if (!(answer instanceof Answer.Done done)) {
            return;
        }
        revision = Math.max(revision, done.revision());
        var steps = call.steps(done.succeeded());
        for (int i = 0; i < done.results().size(); i++) {
            learn(steps.get(i), done.results().get(i).rows(), done.revision());
        }
    }

    private void learn(Call.Step step, List<Row> rows, long at) {
        switch (step) {
            case Call.Put put -> changed.put(put.key(), at);
            case Call.Delete delete -> changed.keySet().removeIf(delete.keys()::contains);
            case Call.Range range -> {
                if (range.keys().single()) {
                    changed.remove(range.keys().from());
                }
                rows.forEach(row -> changed.put(row.key(), row.mod()));
            }
        }
    }
}
