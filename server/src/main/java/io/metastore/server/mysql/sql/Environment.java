package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.statement.SQLSelect;
import java.time.LocalDateTime;
import java.util.Optional;

/// What expressions can ask of the session in which they are evaluated.
interface Environment {
    /// What `@@name` is.
    ///
    /// @throws io.metastore.server.mysql.packet.MysqlException 1193 when there is no such variable
    Value systemVariable(String name);

    Value userVariable(String name);

    void setUserVariable(String name, Value value);

    /// The value of the question mark with this number, from 0.
    Value parameter(int index);

    /// What a function without arguments tells of the session.
    Optional<Value> told(String function);

    /// The time of this statement, in the session's time zone.
    LocalDateTime now();

    /// A query inside of an expression.
    Plan subquery(SQLSelect query);
}
