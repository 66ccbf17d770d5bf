package io.metastore.server.grpc.http;

import io.metastore.server.http.Answer;
import io.metastore.server.http.Page;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `/debug/vars`: what this member tells of itself, one JSON value for each name. Source: Go's expvar, and what etcd
/// publishes there.
public final class VarsPage implements Page {
    private final Map<String, Supplier<String>> values;

    /// @param values each makes a JSON value
    public VarsPage(Map<String, Supplier<String>> values) {
        this.values = new TreeMap<>(values);
    }

    @Override
    public void open(Map<String, List<String>> query, Consumer<Answer> answer) {
        var all = values.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue().get())
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        answer.accept(Answer.typed("application/json; charset=utf-8", all));
    }
}
