package io.metastore.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.metastore.server.config.LogConfig;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line for each event, in the two shapes that etcd's logger zap has; the second has tabs between its parts.
///
///     {"level":"info","ts":"2026-11-22T17:15:01Z","caller":"node/Node.java:42","msg":"started","member":"8e"}
///     2026-11-22T17:15:01.074446Z  info  node/Node.java:42  started  {"member":"8e"}
///
/// Keys of an event follow in its order. An exception becomes `error` and `stacktrace`.
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = new byte[0];

    private final LogConfig.Format format;
    private final DateTimeFormatter timestamps;

    LineEncoder(LogConfig.Format format, ZoneId zone) {
        this.format = format;
        this.timestamps =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXX").withZone(zone);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder(256);
        switch (format) {
            case JSON -> json(line, event);
            case CONSOLE -> console(line, event);
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    private void json(StringBuilder line, ILoggingEvent event) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("level", level(event.getLevel()));
        fields.put("ts", timestamps.format(event.getInstant()));
        fields.put("caller", caller(event));
        fields.put("msg", event.getFormattedMessage());
        // A key of the event never hides one of the four.
        details(event).forEach(fields::putIfAbsent);
        new Json(line).value(fields);
    }

    private void console(StringBuilder line, ILoggingEvent event) {
        line.append(timestamps.format(event.getInstant())).append('\t');
        line.append(level(event.getLevel())).append('\t');
        line.append(caller(event)).append('\t');
        line.append(event.getFormattedMessage());
        var details = details(event);
        if (!details.isEmpty()) {
            line.append('\t');
            new Json(line).value(details);
        }
    }

    private static Map<String, @Nullable Object> details(ILoggingEvent event) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> details.put(pair.key, pair.value));
        }
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            details.put("error", thrown.getClassName() + ": " + thrown.getMessage());
            details.put("stacktrace", ThrowableProxyUtil.asString(thrown));
        }
        return details;
    }

    /// Package and file, as short as etcd's.
    private static String caller(ILoggingEvent event) {
        var frames = event.getCallerData();
        if (frames.length == 0) {
            return "undefined";
        }
        var frame = frames[0];
        var packageNames = frame.getClassName().split("\\.", -1);
        var folder = packageNames.length < 2 ? "" : packageNames[packageNames.length - 2] + "/";
        return folder + frame.getFileName() + ":" + frame.getLineNumber();
    }

    private static String level(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "error";
            case Level.WARN_INT -> "warn";
            case Level.INFO_INT -> "info";
            default -> "debug";
        };
    }
}
