package io.metastore.server.mysql.sql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What a query keeps in memory, to sort and to group; beyond the limit it is refused.
final class Memory {
    private static final long MOST = 64L * 1024 * 1024;
    private static final int CELL = 48;

    private long used;

    void keep(List<Value> row) {
        for (var value : row) {
            used += CELL + (value instanceof Value.Text(var bytes, var _) ? bytes.length() : 0);
        }
        if (used > MOST) {
            throw SqlErrors.tooMuchMemory();
        }
    }

    List<List<Value>> all(Iterator<List<Value>> rows) {
        var all = new ArrayList<List<Value>>();
        while (rows.hasNext()) {
            var row = rows.next();
            keep(row);
            all.add(row);
        }
        return all;
    }
}
