package io.metastore.server.mysql.login;

import io.metastore.server.model.Bytes;
import java.util.Optional;

/// Who may log in. What is not known is asked for in clear, over TLS or encrypted.
public interface Accounts {
    /// SHA-256 of the SHA-256 of the password, if this member knows it.
    Optional<Bytes> sha2Verifier(String user);

    /// SHA-1 of the SHA-1 of the password, if this member knows it.
    Optional<Bytes> nativeVerifier(String user);

    /// Whether that is the user's password. Blocks, and takes as long for a user that there is not.
    ///
    /// @throws io.metastore.server.mysql.packet.MysqlException when that cannot be found out now
    boolean isRight(String user, String password);
}
