package io.metastore.server.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A span as a collector was told it.
///
/// @param scope the name of the code that made it
record ToldSpan(Resource resource, String scope, Span span) {
    static List<ToldSpan> of(Collection<ResourceSpans> told) {
        return told.stream()
                .flatMap(all -> all.getScopeSpansList().stream()
                        .flatMap(part -> part.getSpansList().stream()
                                .map(span -> new ToldSpan(
                                        all.getResource(), part.getScope().getName(), span))))
                .sorted(Comparator.comparingLong(ToldSpan::begun))
                .toList();
    }

    String name() {
        return span.getName();
    }

    String trace() {
        return hex(span.getTraceId());
    }

    String id() {
        return hex(span.getSpanId());
    }

    /// The id of the span that this one is a part of; empty for none.
    String parent() {
        return hex(span.getParentSpanId());
    }

    long begun() {
        return span.getStartTimeUnixNano();
    }

    long ended() {
        return span.getEndTimeUnixNano();
    }

    boolean isServer() {
        return span.getKind() == Span.SpanKind.SPAN_KIND_SERVER;
    }

    SortedMap<String, String> attributes() {
        return map(span.getAttributesList());
    }

    SortedMap<String, String> resourceAttributes() {
        return map(resource.getAttributesList());
    }

    private static SortedMap<String, String> map(List<KeyValue> list) {
        var map = new TreeMap<String, String>();
        list.forEach(each -> map.put(each.getKey(), text(each.getValue())));
        return map;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> "int " + value.getIntValue();
            case BOOL_VALUE -> "bool " + value.getBoolValue();
            case DOUBLE_VALUE, ARRAY_VALUE, KVLIST_VALUE, BYTES_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET ->
                value.toString();
        };
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
