package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.expr.SQLIntervalUnit;
import io.metastore.server.model.Bytes;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// Dates and times: they are texts of a fixed form.
///
///     2026-01-31      2026-01-31 23:59:00
final class Moments {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Pattern FORM = Pattern.compile(
            "\\s*(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.\\d*)?)?)?\\s*");

    private Moments() {}

    static Value of(LocalDateTime moment) {
        return Value.text(moment.format(SECONDS));
    }

    static Value of(LocalDate day) {
        return Value.text(day.toString());
    }

    static Value of(LocalTime time) {
        return Value.text(time.format(TIME));
    }

    static Optional<LocalDateTime> read(Bytes text) {
        var match = FORM.matcher(text.utf8());
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            var day = LocalDate.of(number(match.group(1)), number(match.group(2)), number(match.group(3)));
            return Optional.of(
                    match.group(4) == null
                            ? day.atStartOfDay()
                            : day.atTime(number(match.group(4)), number(match.group(5)), seconds(match.group(6))));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int seconds(@org.jspecify.annotations.Nullable String text) {
        return text == null ? 0 : number(text);
    }

    private static int number(@org.jspecify.annotations.Nullable String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    static Value date(Bytes text) {
        return read(text).map(moment -> of(moment.toLocalDate())).orElse(Logic.NULL);
    }

    static Value dateTime(Bytes text) {
        return read(text).map(Moments::of).orElse(Logic.NULL);
    }

    static Value seconds(Bytes text) {
        return read(text)
                .<Value>map(moment -> new Value.Whole(moment.toEpochSecond(ZoneOffset.UTC)))
                .orElse(Logic.FALSE);
    }

    static Value ofSeconds(long seconds) {
        return of(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
    }

    /// A moment so many units later; below 0 earlier.
    static Value plus(Value moment, long count, SQLIntervalUnit unit) {
        var text = Numbers.text(moment);
        boolean dayOnly = text.length() <= 10;
        return read(text)
                .map(from -> switch (unit) {
                    case YEAR -> from.plusYears(count);
                    case MONTH -> from.plusMonths(count);
                    case WEEK -> from.plusWeeks(count);
                    case DAY -> from.plusDays(count);
                    case HOUR -> from.plusHours(count);
                    case MINUTE -> from.plusMinutes(count);
                    case SECOND -> from.plusSeconds(count);
                    default -> throw SqlErrors.notSupported("INTERVAL " + unit);
                })
                .map(to -> dayOnly && to.toLocalTime().equals(LocalTime.MIDNIGHT) ? of(to.toLocalDate()) : of(to))
                .orElse(Logic.NULL);
    }
}
