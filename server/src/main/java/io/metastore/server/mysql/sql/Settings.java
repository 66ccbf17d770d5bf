package io.metastore.server.mysql.sql;

import io.metastore.server.mysql.packet.MysqlException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// SET, with a list of assignments of all its kinds.
final class Settings {
    private static final String TO_EXPRESSION_NAMES = "ON|OFF|[A-Za-z][A-Za-z0-9_]*(-[A-Za-z]+)?";

    private final Words words;
    private final Variables variables;
    private final Work work;
    private final Function<String, Value> evaluate;

    /// @param evaluate an expression that sees no row
    Settings(Words words, Variables variables, Work work, Function<String, Value> evaluate) {
        this.words = words;
        this.variables = variables;
        this.work = work;
        this.evaluate = evaluate;
    }

    void run() {
        words.expect("SET");
        do {
            assignment();
        } while (words.take(","));
        words.end();
    }

    private void assignment() {
        if (words.take("NAMES")) {
            names();
        } else if (words.take("CHARACTER SET") || words.take("CHARSET")) {
            charset(words.nameOrText());
        } else if (words.take("@@")) {
            var _ = scoped();
            named();
        } else if (words.take("@")) {
            var name = words.nameOrText();
            sign();
            variables.setUser(name, evaluate.apply(words.upToComma()));
        } else if (words.take("TRANSACTION")) {
            transaction(false);
        } else if (words.take("SESSION TRANSACTION") || words.take("LOCAL TRANSACTION")) {
            transaction(true);
        } else {
            if (words.take("GLOBAL") || words.take("PERSIST") || words.take("PASSWORD")) {
                throw new MysqlException(
                        1227,
                        "42000",
                        "Access denied; you need (at least one of) the SUPER or SYSTEM_VARIABLES_ADMIN privilege(s)"
                                + " for this operation");
            }
            var _ = words.take("SESSION") || words.take("LOCAL");
            named();
        }
    }

    private boolean scoped() {
        if (words.take("GLOBAL .") || words.take("PERSIST .")) {
            throw new MysqlException(
                    1227,
                    "42000",
                    "Access denied; you need (at least one of) the SUPER or SYSTEM_VARIABLES_ADMIN privilege(s) for"
                            + " this operation");
        }
        return words.take("SESSION .") || words.take("LOCAL .");
    }

    private void sign() {
        if (!words.take(":=")) {
            words.expect("=");
        }
    }

    private void named() {
        var name = words.name();
        sign();
        if (words.take("DEFAULT")) {
            variables.reset(name);
            return;
        }
        var text = words.upToComma();
        boolean word = text.matches(TO_EXPRESSION_NAMES) && !text.equalsIgnoreCase("null");
        boolean wasAutomatic = variables.isOn("autocommit");
        variables.set(name, word ? Value.text(text) : evaluate.apply(text));
        if (name.equalsIgnoreCase("autocommit") && !wasAutomatic && variables.isOn("autocommit")) {
            work.commit();
        }
    }

    private void names() {
        if (words.take("DEFAULT")) {
            charset("utf8mb4");
            return;
        }
        charset(words.nameOrText());
        if (words.take("COLLATE")) {
            var collation = words.nameOrText();
            var _ = Literals.collation(collation);
            variables.set("collation_connection", Value.text(collation));
        }
    }

    private void charset(String name) {
        var plain = name.toLowerCase(Locale.ROOT);
        if (!plain.matches("utf8mb4|utf8mb3|utf8|latin1|ascii|binary|default")) {
            throw new MysqlException(1115, "42000", "Unknown character set: '" + name + "'");
        }
        for (var variable :
                java.util.List.of("character_set_client", "character_set_connection", "character_set_results")) {
            variables.set(variable, Value.text(plain.equals("default") ? "utf8mb4" : plain));
        }
    }

    /// `SET [SESSION] TRANSACTION`: without SESSION for the next transaction only.
    private void transaction(boolean session) {
        if (!session && work.isOpen()) {
            throw new MysqlException(
                    1568, "25001", "Transaction characteristics can't be changed while a transaction is in progress");
        }
        do {
            var readOnly = words.take("READ ONLY")
                    ? Optional.of(true)
                    : words.take("READ WRITE") ? Optional.of(false) : Optional.<Boolean>empty();
            if (readOnly.isPresent() && session) {
                variables.set("transaction_read_only", Logic.of(readOnly.get()));
            } else if (readOnly.isPresent()) {
                work.onceReadOnly(readOnly.get());
            } else {
                isolation(session);
            }
        } while (words.take(","));
    }

    private void isolation(boolean session) {
        words.expect("ISOLATION LEVEL");
        var level = words.take("READ COMMITTED")
                ? "READ-COMMITTED"
                : words.take("READ UNCOMMITTED")
                        ? "READ-UNCOMMITTED"
                        : words.take("REPEATABLE READ") ? "REPEATABLE-READ" : "SERIALIZABLE";
        if (level.equals("SERIALIZABLE")) {
            words.expect("SERIALIZABLE");
        }
        if (session) {
            variables.set("transaction_isolation", Value.text(level));
        } else {
            work.onceIsolation(level);
        }
    }
}
