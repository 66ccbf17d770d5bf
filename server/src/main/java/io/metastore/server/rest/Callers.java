package io.metastore.server.rest;

import io.metastore.server.http.Exchange;
import io.metastore.server.model.Bytes;
import io.metastore.server.node.Credentials;
import io.metastore.server.node.Node;
import io.metastore.server.request.Reason;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Who makes a request: a name and a password, a token, or the name in a certificate. Checking a password takes long on
/// purpose, and HTTP shows it with each request; so a digest of one that was right is kept until it is changed.
final class Callers {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";
    private static final int SALT_BYTES = 16;
    private static final int MOST_REMEMBERED = 10_000;

    private final Node node;
    private final byte[] salt = new byte[SALT_BYTES];
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    Callers(Node node, SecureRandom random) {
        this.node = node;
        random.nextBytes(salt);
    }

    /// @param mark of the password that was right
    private record Remembered(Bytes mark, Bytes digest) {}

    /// What was found out.
    sealed interface Identity {
        record Known(Credentials who) implements Identity {}

        record Unknown(Reason reason) implements Identity {}
    }

    /// @param then called once, at once or on another thread
    /// @throws BadRequestException when the header is none
    void identify(Exchange exchange, Consumer<Identity> then) {
        var header = Optional.ofNullable(exchange.request().headers().get(HttpHeaderNames.AUTHORIZATION));
        if (!node.asksWho()) {
            then.accept(new Identity.Known(Credentials.NONE));
        } else if (header.isEmpty()) {
            then.accept(new Identity.Known(exchange.commonName()
                    .<Credentials>map(Credentials.CommonName::new)
                    .orElse(Credentials.NONE)));
        } else if (header.get().regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            check(header.get().substring(BASIC.length()).strip(), then);
        } else {
            var text = header.get();
            boolean bearer = text.regionMatches(true, 0, BEARER, 0, BEARER.length());
            then.accept(new Identity.Known(new Credentials.Token(
                    bearer ? text.substring(BEARER.length()).strip() : text)));
        }
    }

    private void check(String encoded, Consumer<Identity> then) {
        var pair = decoded(encoded);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new BadRequestException("the header Authorization must have a name, a colon and a password");
        }
        var user = pair.substring(0, colon);
        var password = pair.substring(colon + 1);
        var mark = node.users().passwordMark(user);
        var digest = digest(password);
        var known = Optional.ofNullable(remembered.get(user))
                .filter(entry -> mark.filter(entry.mark()::equals).isPresent())
                .filter(entry -> MessageDigest.isEqual(entry.digest().shared(), digest.shared()));
        if (known.isPresent()) {
            then.accept(new Identity.Known(new Credentials.User(user)));
            return;
        }
        node.users().verify(user, password, refusal -> {
            if (refusal.isEmpty() && mark.isPresent() && remembered.size() < MOST_REMEMBERED) {
                remembered.put(user, new Remembered(mark.get(), digest));
            }
            then.accept(refusal.<Identity>map(Identity.Unknown::new)
                    .orElseGet(() -> new Identity.Known(new Credentials.User(user))));
        });
    }

    private static String decoded(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("the header Authorization has no base64 after Basic");
        }
    }

    private Bytes digest(String password) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return Bytes.wrap(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
