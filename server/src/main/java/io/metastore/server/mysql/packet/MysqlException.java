package io.metastore.server.mysql.packet;

/// An answer to the client in place of a result: MySQL's number, SQLSTATE and text. It carries no stack
/// trace, since it tells of no fault of ours.
public final class MysqlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int number;
    private final String state;

    /// @param state five letters and digits
    public MysqlException(int number, String state, String text) {
        super(text, null, false, false);
        this.number = number;
        this.state = state;
    }

    public int number() {
        return number;
    }

    public String state() {
        return state;
    }

    /// What the client reads.
    public String text() {
        return String.valueOf(getMessage());
    }
}
