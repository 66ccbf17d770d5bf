package io.metastore.server.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Spans as text: what does not change from run to run.
///
///     trace of the client
///       etcdserverpb.KV/Put
///         parent: the client's span
///         kind: SERVER
///         scope: ...
///         rpc.method = etcdserverpb.KV/Put
final class SpanText {
    private SpanText() {}

    static String of(List<ToldSpan> spans) {
        var traces = new LinkedHashMap<String, List<ToldSpan>>();
        for (var span : spans) {
            traces.computeIfAbsent(
                    span.trace(),
                    trace -> spans.stream()
                            .filter(other -> other.trace().equals(trace))
                            .toList());
        }
        return traces.values().stream().map(SpanText::trace).collect(Collectors.joining());
    }

    /// The spans of calls in such a text, without what tells which code made them.
    static List<String> requests(String text) {
        return Stream.of(text.split("(?m)^(?=  \\S|\\S)", -1))
                .filter(span -> span.contains("    kind: SERVER\n"))
                .map(span -> span.replaceFirst("    scope: .*\n", ""))
                .toList();
    }

    static String withoutAddress(String span) {
        return span.replaceAll("    server\\.(address|port): .*\n", "");
    }

    private static String trace(List<ToldSpan> spans) {
        var names = spans.stream().collect(Collectors.toMap(ToldSpan::id, ToldSpan::name));
        var heading = Tour.KEPT.contains(spans.getFirst().trace()) ? "trace of the client\n" : "trace\n";
        return spans.stream().map(span -> span(span, names)).collect(Collectors.joining("", heading, ""));
    }

    private static String span(ToldSpan told, Map<String, String> names) {
        var span = told.span();
        var text = new StringBuilder("  " + told.name() + "\n");
        line(text, "parent", parent(told, names));
        line(text, "kind", span.getKind().name().replace("SPAN_KIND_", ""));
        line(text, "scope", told.scope());
        line(text, "state", span.getTraceState());
        line(
                text,
                "status",
                (span.getStatus().getCode().name().replace("STATUS_CODE_", "") + " "
                                + span.getStatus().getMessage())
                        .strip());
        line(text, "resource", told.resourceAttributes().toString());
        told.attributes().forEach((key, value) -> line(text, key, key.equals("server.port") ? "PORT" : value));
        span.getEventsList().forEach(event -> line(text, "event", event.getName()));
        span.getLinksList().forEach(_ -> line(text, "link", ""));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(("    " + name + ": " + value).stripTrailing()).append('\n');
    }

    private static String parent(ToldSpan told, Map<String, String> names) {
        if (told.parent().isEmpty()) {
            return "none";
        }
        return Tour.KEPT.contains(told.parent()) ? "the client's span" : names.getOrDefault(told.parent(), "unknown");
    }
}
