package io.metastore.server.auth;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import io.metastore.server.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/// Users, roles and tokens as of the last published batch. All are held on the heap, since every request asks.
///
/// Writing belongs to the thread that applies commands; everything else may be called from any thread.
public final class AuthTable {
    private final Storage storage;
    private volatile AuthState state;
    private volatile Map<Bytes, Token> tokens;

    private AuthTable(Storage storage) {
        this.storage = storage;
        try (var snapshot = storage.snapshot()) {
            state = read(snapshot);
            tokens = tokens(snapshot);
        }
    }

    public static AuthTable open(Storage storage) {
        return new AuthTable(storage);
    }

    /// Takes over what the storage holds now, after its rows were replaced.
    public void reload() {
        try (var snapshot = storage.snapshot()) {
            state = read(snapshot);
            tokens = tokens(snapshot);
        }
    }

    /// One read of memory: while auth is switched off, a request costs no more than this.
    public AuthState state() {
        return state;
    }

    /// All tokens, in no order.
    public List<Token> tokens() {
        return List.copyOf(tokens.values());
    }

    /// The changes of `batch`, which the writer does not commit or close.
    public AuthWriter writer(Batch batch) {
        return new AuthWriter(this, batch);
    }

    void publish(AuthState newest) {
        state = newest;
    }

    void publish(TokenChange change) {
        switch (change) {
            case TokenChange.Issued(var token) -> tokens.put(token.digest(), token);
            case TokenChange.Kept _ -> {}
            case TokenChange.Dropped(var digest) -> tokens.remove(digest);
        }
    }

    /// The tokens as of the last published batch, by their digests.
    Map<Bytes, Token> published() {
        return new HashMap<>(tokens);
    }

    /// Users, roles and the switch in what `reader` sees.
    public static AuthState read(Reader reader) {
        var row = reader.get(Column.AUTH, AuthRow.SWITCH_KEY);
        return AuthState.of(
                row.map(AuthRow::isEnabled).orElse(AuthState.INITIAL.enabled()),
                row.map(AuthRow::revision).orElse(AuthState.INITIAL.revision()),
                all(reader, AuthRow.USERS, AuthRow::user),
                all(reader, AuthRow.ROLES, AuthRow::role));
    }

    private static <T> List<T> all(Reader reader, KeyRange rows, BiFunction<Bytes, Bytes, T> decode) {
        var found = new ArrayList<T>();
        try (var cursor = reader.scan(Column.AUTH, rows)) {
            while (cursor.next()) {
                found.add(decode.apply(cursor.key(), cursor.value()));
            }
        }
        return found;
    }

    private static Map<Bytes, Token> tokens(Reader reader) {
        var tokens = new ConcurrentHashMap<Bytes, Token>();
        try (var rows = reader.scan(Column.AUTH, AuthRow.TOKENS)) {
            while (rows.next()) {
                var token = AuthRow.token(rows.key(), rows.value());
                tokens.put(token.digest(), token);
            }
        }
        return tokens;
    }
}
