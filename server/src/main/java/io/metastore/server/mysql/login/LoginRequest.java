package io.metastore.server.mysql.login;

import io.metastore.server.model.Bytes;
import io.metastore.server.mysql.packet.Capability;
import io.metastore.server.mysql.packet.MysqlException;
import io.metastore.server.mysql.packet.PacketReader;
import java.util.Optional;

/// What a client says of itself.
///
/// @param plugin by which it proved the password; none of old clients, which know the native one only
/// @param charset the number of the collation of what it sends
record LoginRequest(
        long capabilities, int charset, String user, Bytes proof, Optional<String> database, Optional<String> plugin) {
    private static final int SHORTEST = 32;
    private static final int UNUSED = 23;

    /// Without the proof.
    @Override
    public String toString() {
        return "LoginRequest[" + user + "]";
    }

    boolean can(long capability) {
        return (capabilities & capability) != 0;
    }

    /// The answer to the greeting.
    static LoginRequest read(Bytes payload) {
        var reader = new PacketReader(payload);
        if (reader.remaining() < SHORTEST) {
            throw badHandshake();
        }
        long capabilities = reader.int4();
        if ((capabilities & Capability.PROTOCOL_41) == 0) {
            throw badHandshake();
        }
        reader.skip(4);
        int charset = reader.int1();
        reader.skip(UNUSED);
        var user = reader.nulText();
        var proof = proof(reader, capabilities);
        var database = (capabilities & Capability.CONNECT_WITH_DB) != 0
                ? Optional.of(reader.nulText()).filter(name -> !name.isEmpty())
                : Optional.<String>empty();
        var plugin =
                (capabilities & Capability.PLUGIN_AUTH) != 0 ? Optional.of(reader.nulText()) : Optional.<String>empty();
        return new LoginRequest(capabilities, charset, user, proof, database, plugin);
    }

    private static Bytes proof(PacketReader reader, long capabilities) {
        if ((capabilities & Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA) != 0) {
            return reader.lenencBytes();
        }
        return (capabilities & Capability.SECURE_CONNECTION) != 0
                ? reader.bytes(reader.int1())
                : Bytes.utf8(reader.nulText());
    }

    /// The command by which a connection becomes another user's; capabilities stay.
    static LoginRequest change(Bytes payload, long capabilities) {
        var reader = new PacketReader(payload);
        reader.skip(1);
        var user = reader.nulText();
        reader.skip(reader.int1());
        var database = Optional.of(reader.nulText()).filter(name -> !name.isEmpty());
        int charset = reader.remaining() >= 2 ? reader.int2() : 0;
        return new LoginRequest(capabilities, charset, user, Bytes.EMPTY, database, Optional.of(""));
    }

    /// What MySQL answers to a client that does not speak its protocol.
    static MysqlException badHandshake() {
        return new MysqlException(1043, "08S01", "Bad handshake");
    }
}
