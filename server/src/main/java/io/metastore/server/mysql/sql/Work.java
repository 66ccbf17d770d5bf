package io.metastore.server.mysql.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The transaction of a session: none, one that was begun and reads nothing yet, or one that is active.
/// A statement of its own is a transaction too, which is tried again when another one was faster.
final class Work {
    private static final int MOST_TRIES = 10;

    private final Store store;
    private final Variables variables;
    private final List<Savepoint> savepoints = new ArrayList<>();
    private boolean begun;
    private boolean readOnly;
    private Optional<Transaction> active = Optional.empty();
    private Optional<String> isolationOnce = Optional.empty();
    private Optional<Boolean> readOnlyOnce = Optional.empty();
    private String isolation = "";

    private record Savepoint(String name, int mark) {}

    Work(Store store, Variables variables) {
        this.store = store;
        this.variables = variables;
    }

    /// Whether statements belong to a transaction that goes on.
    boolean isOpen() {
        return begun || active.isPresent();
    }

    boolean isReadOnly() {
        return isOpen() && readOnly;
    }

    private boolean isLinearizable() {
        return Numbers.text(variables.get("kv_read_consistency")).utf8().equals("linearizable");
    }

    void onceIsolation(String level) {
        isolationOnce = Optional.of(level);
    }

    void onceReadOnly(boolean wanted) {
        readOnlyOnce = Optional.of(wanted);
    }

    /// @param wanted nothing leaves it to the session
    void begin(Optional<Boolean> wanted, boolean snapshotNow) {
        commit();
        begun = true;
        settle(wanted);
        if (snapshotNow) {
            active = Optional.of(new Transaction(store, store.snapshot(isLinearizable())));
        }
    }

    private void settle(Optional<Boolean> wanted) {
        readOnly = wanted.or(() -> readOnlyOnce).orElseGet(() -> variables.isOn("transaction_read_only"));
        isolation = isolationOnce.orElseGet(
                () -> Numbers.text(variables.get("transaction_isolation")).utf8());
        isolationOnce = Optional.empty();
        readOnlyOnce = Optional.empty();
    }

    /// What a statement that only reads reads.
    Transaction reading() {
        if (!isOpen() && variables.isOn("autocommit")) {
            return new Transaction(store, store.snapshot(isLinearizable()));
        }
        return current();
    }

    private Transaction current() {
        if (!isOpen()) {
            begun = true;
            settle(Optional.empty());
        }
        if (active.isEmpty()) {
            active = Optional.of(new Transaction(store, store.snapshot(isLinearizable())));
        } else if (isolation.endsWith("COMMITTED")) {
            active.get().moveTo(store.snapshot(isLinearizable()));
        }
        return active.get();
    }

    /// Whether all that is read must be so still at the commit.
    boolean locksReads() {
        return isOpen() && isolation.equals("SERIALIZABLE");
    }

    /// Runs a statement that changes something, all of it or nothing.
    ///
    /// @param selfChecking whether it writes every key that it looks at, so that the commit finds out
    /// by itself that what it saw was old, and nobody need be asked before
    Result change(boolean selfChecking, Function<Transaction, Result> statement) {
        if (isReadOnly()) {
            throw SqlErrors.readOnlyTransaction();
        }
        if (!isOpen() && variables.isOn("autocommit")) {
            return alone(selfChecking, statement);
        }
        var transaction = current();
        int mark = transaction.mark();
        try {
            return statement.apply(transaction);
        } catch (RuntimeException e) {
            transaction.backTo(mark);
            throw e;
        }
    }

    private Result alone(boolean selfChecking, Function<Transaction, Result> statement) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            boolean quick = selfChecking && tries == 0;
            try {
                var transaction = new Transaction(store, store.snapshot(!quick));
                var result = statement.apply(transaction);
                if ((!quick || transaction.hasWrites()) && transaction.commit()) {
                    return result;
                }
            } catch (io.metastore.server.mysql.packet.MysqlException e) {
                // What was seen may have been old; then it is looked at again.
                if (!quick || e.number() == 1180 || e.number() == 1317) {
                    throw e;
                }
            }
        }
        throw SqlErrors.conflict();
    }

    /// @throws io.metastore.server.mysql.packet.MysqlException 1213 when another one was faster; it is
    /// over then too
    void commit() {
        var ending = active;
        end();
        if (ending.isPresent() && !ending.get().commit()) {
            throw SqlErrors.conflict();
        }
    }

    void rollback() {
        end();
    }

    private void end() {
        active = Optional.empty();
        begun = false;
        readOnly = false;
        savepoints.clear();
    }

    void savepoint(String name) {
        if (!isOpen() && variables.isOn("autocommit")) {
            return;
        }
        savepoints.removeIf(point -> point.name().equalsIgnoreCase(name));
        savepoints.add(new Savepoint(name, current().mark()));
    }

    void rollbackTo(String name) {
        int index = indexOf(name);
        current().backTo(savepoints.get(index).mark());
        savepoints.subList(index + 1, savepoints.size()).clear();
    }

    void release(String name) {
        savepoints.subList(indexOf(name), savepoints.size()).clear();
    }

    private int indexOf(String name) {
        for (int i = 0; i < savepoints.size(); i++) {
            if (savepoints.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw SqlErrors.unknownSavepoint(name);
    }
}
