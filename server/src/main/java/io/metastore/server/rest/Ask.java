package io.metastore.server.rest;

import io.metastore.server.http.Request;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.Set;

/// What a request asks for.
sealed interface Ask {
    int MOST_ROWS = 10_000;
    int USUAL_ROWS = 1000;

    record Store(Bytes key, Bytes value, Tie tie, Condition condition) implements Ask {}

    record Remove(Bytes key, Condition condition) implements Ask {}

    /// What a key holds.
    ///
    /// @param revision 0 for the newest
    record Fetch(Bytes key, long revision, Condition condition) implements Ask {}

    /// A page of keys.
    ///
    /// @param keys those that are left of the prefix, from where the page before ended
    /// @param revision 0 for the newest
    record Listing(KeyRange keys, Bytes prefix, long revision, int limit, boolean keysOnly) implements Ask {}

    /// Changes as they come.
    ///
    /// @param from the first revision to be told, 0 for what comes from now on
    record Watching(KeyRange keys, long from) implements Ask {}

    /// How long a key is to live.
    sealed interface Tie {
        record ForEver() implements Tie {}

        record OfLease(LeaseId lease) implements Tie {}

        record Seconds(long ttl) implements Tie {}
    }

    /// What this request asks for; its method is GET, HEAD, PUT or DELETE.
    ///
    /// @throws BadRequestException when it cannot be understood
    static Ask parse(Request request) {
        var target = Target.parse(request.uri());
        return switch (request.method().name()) {
            case "PUT" -> store(target, request);
            case "DELETE" -> remove(target, request);
            default -> look(target, request.headers());
        };
    }

    private static Ask store(Target target, Request request) {
        target.allow(Set.of("lease", "ttl"));
        var lease = target.bytes("lease").map(value -> LeaseId.of(leaseNumber(value.utf8())));
        var ttl = target.number("ttl", 1, Integer.MAX_VALUE);
        if (lease.isPresent() && ttl.isPresent()) {
            throw new BadRequestException("lease and ttl exclude each other: a ttl makes a lease of its own");
        }
        var tie = lease.<Tie>map(Tie.OfLease::new)
                .or(() -> ttl.map(Tie.Seconds::new))
                .orElseGet(Tie.ForEver::new);
        return new Store(named(target), request.body(), tie, condition(request.headers()));
    }

    private static Ask remove(Target target, Request request) {
        target.allow(Set.of());
        return new Remove(named(target), condition(request.headers()));
    }

    private static Ask look(Target target, HttpHeaders headers) {
        if (target.isOn("watch")) {
            target.allow(Set.of("watch", "prefix", "revision"));
            var keys = target.bytes("prefix")
                    .map(prefix -> below(target, prefix))
                    .orElseGet(() -> KeyRange.single(named(target)));
            return new Watching(keys, firstToTell(target, headers));
        }
        return target.has("prefix") ? listing(target) : fetch(target, headers);
    }

    private static Ask fetch(Target target, HttpHeaders headers) {
        target.allow(Set.of("watch", "revision"));
        return new Fetch(named(target), revision(target), condition(headers));
    }

    private static Ask listing(Target target) {
        target.allow(Set.of("continue", "keys_only", "limit", "prefix", "revision", "watch"));
        var prefix = target.bytes("prefix").orElse(Bytes.EMPTY);
        var keys = below(target, prefix);
        int limit = target.number("limit", 1, MOST_ROWS).map(Long::intValue).orElse(USUAL_ROWS);
        boolean keysOnly = target.isOn("keys_only");
        var token = target.bytes("continue").map(text -> PageToken.parse(text.utf8()));
        if (token.isEmpty()) {
            return new Listing(keys, prefix, revision(target), limit, keysOnly);
        }
        if (target.has("revision")) {
            throw new BadRequestException("continue and revision exclude each other: all pages are of one revision");
        }
        var next = token.get();
        if (!next.from().startsWith(prefix)) {
            throw new BadRequestException("the parameter continue belongs to another prefix");
        }
        return new Listing(new KeyRange(next.from(), keys.to()), prefix, next.revision(), limit, keysOnly);
    }

    private static KeyRange below(Target target, Bytes prefix) {
        if (!target.key().isEmpty()) {
            throw new BadRequestException("a prefix is asked for at /, not at a key");
        }
        return Prefixes.range(prefix);
    }

    private static long firstToTell(Target target, HttpHeaders headers) {
        var last = Optional.ofNullable(headers.get("Last-Event-ID"));
        if (last.isPresent()) {
            var text = last.get().strip();
            if (!text.matches("[0-9]{1,18}")) {
                throw new BadRequestException("the header Last-Event-ID must be the id of an event: a revision");
            }
            return Long.parseLong(text) + 1;
        }
        return revision(target);
    }

    private static long revision(Target target) {
        return target.number("revision", 1, Long.MAX_VALUE).orElse(0L);
    }

    private static Bytes named(Target target) {
        if (target.key().isEmpty()) {
            throw new BadRequestException("the path must name a key");
        }
        return target.key();
    }

    private static Condition condition(HttpHeaders headers) {
        return Condition.parse(
                Optional.ofNullable(headers.get(HttpHeaderNames.IF_MATCH)),
                Optional.ofNullable(headers.get(HttpHeaderNames.IF_NONE_MATCH)));
    }

    /// As etcdctl prints it, in hexadecimal digits after 0x, or as a plain number.
    private static long leaseNumber(String text) {
        try {
            long number = text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
            if (number != 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw Target.wrong("lease", "the number of a lease, or 0x and its hexadecimal digits");
        }
        throw Target.wrong("lease", "the number of a lease, or 0x and its hexadecimal digits");
    }
}
