package io.metastore.server.mysql.sql;

/// Whether the statement under way is to end: somebody killed it, or its client is gone.
public final class Cancellation {
    private volatile boolean wanted;
    private volatile boolean forGood;

    /// Ends the statement under way; the next one runs.
    public void killStatement() {
        wanted = true;
    }

    /// Ends all.
    public void killConnection() {
        forGood = true;
    }

    public boolean isForGood() {
        return forGood;
    }

    /// A new statement begins.
    public void begin() {
        wanted = false;
    }

    /// Goes on, or ends the statement.
    ///
    /// @throws io.metastore.server.mysql.packet.MysqlException 1317 when the statement is to end
    public void check() {
        if (wanted || forGood) {
            throw SqlErrors.interrupted();
        }
    }
}
