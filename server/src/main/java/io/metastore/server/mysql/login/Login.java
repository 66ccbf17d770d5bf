package io.metastore.server.mysql.login;

import io.metastore.server.model.Bytes;
import io.metastore.server.mysql.packet.Answers;
import io.metastore.server.mysql.packet.Capability;
import io.metastore.server.mysql.packet.MysqlException;
import io.metastore.server.mysql.packet.PacketWriter;
import io.metastore.server.mysql.packet.Wire;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/// Greets a client and finds out who it is.
///
/// Source: the connection phase of MySQL's client/server protocol, and the exchange of
/// `caching_sha2_password`.
public final class Login {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SHA2 = "caching_sha2_password";
    private static final String NATIVE = "mysql_native_password";
    private static final int PROTOCOL = 10;
    private static final int CHARSET = 255;
    private static final int NONCE = 20;
    private static final int NONCE_FIRST_PART = 8;
    private static final int TLS_REQUEST = 32;

    private final Accounts accounts;
    private final RsaKey rsa;
    private final Offer offer;
    private final SecureRandom random;

    /// What this server says of itself.
    ///
    /// @param tls whether there is TLS here
    /// @param requiresTls whether nobody may log in without
    public record Offer(String version, boolean tls, boolean requiresTls) {}

    public Login(Accounts accounts, RsaKey rsa, Offer offer, SecureRandom random) {
        this.accounts = accounts;
        this.rsa = rsa;
        this.offer = offer;
        this.random = random;
    }

    /// From the greeting to the last proof; the OK that ends a login is the caller's.
    ///
    /// @throws MysqlException when the client may not come in, or speaks something else
    public Client greet(Wire wire, int connection) throws InterruptedException {
        var nonce = nonce();
        wire.begin();
        wire.send(greeting(connection, nonce));
        var first = await(wire);
        var request = LoginRequest.read(isTlsRequest(first) ? await(wire) : first);
        if (offer.requiresTls() && !wire.isSecure()) {
            throw new MysqlException(
                    3159,
                    "HY000",
                    "Connections using insecure transport are prohibited while --require_secure_transport=ON.");
        }
        if (request.plugin().isEmpty()) {
            checkNative(wire, request, request.proof(), nonce);
        } else if (request.plugin().get().equals(SHA2)) {
            checkSha2(wire, request, request.proof(), nonce);
        } else {
            switchPlugin(wire, request);
        }
        return client(wire, request);
    }

    /// Makes the connection another user's, whose proof is asked for anew.
    public Client change(Wire wire, Bytes command, long capabilities) throws InterruptedException {
        var request = LoginRequest.change(command, capabilities);
        if (!request.can(Capability.PLUGIN_AUTH)) {
            throw LoginRequest.badHandshake();
        }
        switchPlugin(wire, request);
        return client(wire, request);
    }

    private Client client(Wire wire, LoginRequest request) {
        return new Client(
                request.user(),
                wire.host(),
                request.capabilities() & (Capability.OURS | Capability.SSL),
                request.database(),
                request.charset());
    }

    private boolean isTlsRequest(Bytes payload) {
        return offer.tls() && payload.length() == TLS_REQUEST;
    }

    private static Bytes await(Wire wire) throws InterruptedException {
        return wire.next(PATIENCE).orElseThrow(LoginRequest::badHandshake);
    }

    /// Random, and free of bytes that clients take for the end of it.
    private Bytes nonce() {
        var nonce = new byte[NONCE];
        for (int i = 0; i < NONCE; i++) {
            nonce[i] = (byte) random.nextInt('%', 0x7f);
        }
        return Bytes.wrap(nonce);
    }

    private Bytes greeting(int connection, Bytes nonce) {
        long capabilities = offer.tls() ? Capability.OURS | Capability.SSL : Capability.OURS;
        var text = new String(nonce.shared(), StandardCharsets.ISO_8859_1);
        return new PacketWriter()
                .int1(PROTOCOL)
                .nulText(offer.version())
                .int4(connection)
                .nulText(text.substring(0, NONCE_FIRST_PART))
                .int2(capabilities)
                .int1(CHARSET)
                .int2(Answers.AUTOCOMMIT)
                .int2(capabilities >>> 16)
                .int1(NONCE + 1)
                .zeros(10)
                .nulText(text.substring(NONCE_FIRST_PART))
                .nulText(SHA2)
                .payload();
    }

    /// A client that can only do the other way gets it, if the password can be proved that way.
    private void switchPlugin(Wire wire, LoginRequest request) throws InterruptedException {
        boolean old = request.plugin().filter(NATIVE::equals).isPresent()
                && accounts.nativeVerifier(request.user()).isPresent();
        var nonce = nonce();
        wire.send(new PacketWriter()
                .int1(0xfe)
                .nulText(old ? NATIVE : SHA2)
                .bytes(nonce)
                .int1(0)
                .payload());
        var proof = await(wire);
        if (old) {
            checkNative(wire, request, proof, nonce);
        } else {
            checkSha2(wire, request, proof, nonce);
        }
    }

    private void checkNative(Wire wire, LoginRequest request, Bytes proof, Bytes nonce) {
        var verifier = accounts.nativeVerifier(request.user());
        boolean right = proof.isEmpty()
                ? accounts.isRight(request.user(), "")
                : verifier.isPresent() && Scramble.provesNative(proof, verifier.get(), nonce);
        admit(right, wire, request, !proof.isEmpty());
    }

    private void checkSha2(Wire wire, LoginRequest request, Bytes proof, Bytes nonce) throws InterruptedException {
        // An empty password is proved by nothing, and some clients by the byte that ends it.
        if (proof.isEmpty() || (proof.length() == 1 && proof.at(0) == 0)) {
            admit(accounts.isRight(request.user(), ""), wire, request, false);
            return;
        }
        var verifier = accounts.sha2Verifier(request.user());
        if (verifier.isPresent() && Scramble.provesSha2(proof, verifier.get(), nonce)) {
            wire.send(moreData(new PacketWriter().int1(3)));
            return;
        }
        wire.send(moreData(new PacketWriter().int1(4)));
        var password = password(wire, nonce);
        admit(password.isPresent() && accounts.isRight(request.user(), password.get()), wire, request, true);
    }

    private Optional<String> password(Wire wire, Bytes nonce) throws InterruptedException {
        var answer = await(wire);
        if (wire.isSecure()) {
            return Optional.of(withoutEnd(answer));
        }
        if (answer.length() == 1 && answer.at(0) == 2) {
            wire.send(moreData(new PacketWriter().text(rsa.publicText())));
            answer = await(wire);
        }
        return rsa.decrypt(answer).map(mixed -> withoutEnd(Scramble.xor(mixed, nonce)));
    }

    private static Bytes moreData(PacketWriter content) {
        return new PacketWriter().int1(1).bytes(content.payload()).payload();
    }

    private static String withoutEnd(Bytes text) {
        var whole = text.utf8();
        return whole.endsWith("\0") ? whole.substring(0, whole.length() - 1) : whole;
    }

    private static void admit(boolean right, Wire wire, LoginRequest request, boolean hasPassword) {
        if (!right) {
            throw new MysqlException(
                    1045,
                    "28000",
                    "Access denied for user '" + request.user() + "'@'" + wire.host() + "' (using password: "
                            + (hasPassword ? "YES" : "NO") + ")");
        }
    }
}
