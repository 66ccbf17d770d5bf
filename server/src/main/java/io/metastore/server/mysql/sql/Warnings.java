package io.metastore.server.mysql.sql;

import io.metastore.server.mysql.packet.MysqlException;
import java.util.ArrayList;
import java.util.List;

/// What the last statement had to say besides its result.
final class Warnings {
    private static final int MOST = 1024;

    private final List<Warning> all = new ArrayList<>();
    private int count;

    /// @param level Note, Warning or Error
    record Warning(String level, int number, String text) {}

    void clear() {
        all.clear();
        count = 0;
    }

    void add(MysqlException fault) {
        add("Warning", fault.number(), fault.text());
    }

    void add(String level, int number, String text) {
        count++;
        if (all.size() < MOST) {
            all.add(new Warning(level, number, text));
        }
    }

    int count() {
        return count;
    }

    List<Warning> all() {
        return List.copyOf(all);
    }
}
