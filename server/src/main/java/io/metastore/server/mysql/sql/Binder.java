package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLAggregateExpr;
import com.alibaba.druid.sql.ast.expr.SQLAllColumnExpr;
import com.alibaba.druid.sql.ast.expr.SQLBetweenExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExprGroup;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.expr.SQLCaseExpr;
import com.alibaba.druid.sql.ast.expr.SQLCastExpr;
import com.alibaba.druid.sql.ast.expr.SQLExistsExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLInListExpr;
import com.alibaba.druid.sql.ast.expr.SQLInSubQueryExpr;
import com.alibaba.druid.sql.ast.expr.SQLIntervalExpr;
import com.alibaba.druid.sql.ast.expr.SQLListExpr;
import com.alibaba.druid.sql.ast.expr.SQLLiteralExpr;
import com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr;
import com.alibaba.druid.sql.ast.expr.SQLNotExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import com.alibaba.druid.sql.ast.expr.SQLQueryExpr;
import com.alibaba.druid.sql.ast.expr.SQLUnaryExpr;
import com.alibaba.druid.sql.ast.expr.SQLVariantRefExpr;
import com.alibaba.druid.sql.dialect.mysql.ast.expr.MySqlCharExpr;
import io.metastore.server.mysql.packet.MysqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Turns expressions of the parser into ours, by a list of what is known: what is not on it is refused.
final class Binder {
    private final Environment environment;
    private final Scope scope;
    private final Optional<List<Aggregate>> aggregates;

    /// @param aggregates takes those that are found; none where there must be none
    Binder(Environment environment, Scope scope, Optional<List<Aggregate>> aggregates) {
        this.environment = environment;
        this.scope = scope;
        this.aggregates = aggregates;
    }

    Environment environment() {
        return environment;
    }

    Expression bind(SQLExpr source) {
        return switch (source) {
            case MySqlCharExpr literal -> Expression.of(Literals.of(literal));
            case SQLLiteralExpr literal -> Expression.of(Literals.of(literal));
            case SQLIdentifierExpr name -> identifier(name);
            case SQLPropertyExpr name
            when !(name.getOwner() instanceof SQLVariantRefExpr) -> scope.find(Names.qualifier(name), Names.last(name));
            case SQLPropertyExpr name -> variable(name.toString());
            case SQLVariantRefExpr variable -> variable(variable);
            case SQLBinaryOpExprGroup group -> group(group);
            case SQLBinaryOpExpr operation -> binary(operation);
            case SQLNotExpr not -> not(bind(not.getExpr()));
            case SQLUnaryExpr unary -> unary(unary);
            case SQLInListExpr in -> in(in);
            case SQLInSubQueryExpr in -> in(in);
            case SQLBetweenExpr between -> between(between);
            case SQLCaseExpr choice -> choice(choice);
            case SQLCastExpr cast -> Casts.cast(bind(cast.getExpr()), cast.getDataType());
            case SQLAggregateExpr aggregate -> aggregate(aggregate);
            case SQLMethodInvokeExpr call -> new Calls(this).bind(call);
            case SQLExistsExpr exists -> exists(exists);
            case SQLQueryExpr query -> scalar(query);
            case SQLListExpr _ -> throw SqlErrors.operands(1);
            default -> throw SqlErrors.notSupported(source.toString());
        };
    }

    private Expression identifier(SQLIdentifierExpr name) {
        var plain = name.getName();
        var told = plain.startsWith("`") ? Optional.<Value>empty() : Calls.bare(plain, environment);
        if (told.isPresent()) {
            return Calls.typed(plain, told.get());
        }
        if (plain.equals("?")) {
            return Expression.of(environment.parameter(0));
        }
        return scope.find(Optional.empty(), Names.plain(plain));
    }

    private Expression variable(SQLVariantRefExpr variable) {
        var name = variable.getName();
        if (name.equals("?")) {
            var value = environment.parameter(variable.getIndex());
            return Expression.of(value);
        }
        return variable((variable.isGlobal() && !name.startsWith("@") ? "@@" : "") + name);
    }

    private Expression variable(String name) {
        if (name.startsWith("@@")) {
            var plain = name.substring(2).replaceFirst("(?i)^(session|global|local)\\.", "");
            var value = environment.systemVariable(plain.replace("`", ""));
            return Expression.of(value);
        }
        if (!name.startsWith("@")) {
            throw SqlErrors.notSupported(name);
        }
        var plain = Names.plain(name.substring(1));
        var present = environment.userVariable(plain);
        return new Expression(Expression.of(present).type(), false, _ -> environment.userVariable(plain));
    }

    private Expression group(SQLBinaryOpExprGroup group) {
        var items = group.getItems();
        var joined = items.getFirst();
        for (var item : items.subList(1, items.size())) {
            joined = new SQLBinaryOpExpr(joined, group.getOperator(), item);
        }
        return bind(joined);
    }

    private Expression binary(SQLBinaryOpExpr operation) {
        if (operation.getLeft() instanceof SQLListExpr left && operation.getRight() instanceof SQLListExpr right) {
            return bind(Rows.compare(left, operation.getOperator(), right));
        }
        if (operation.getRight() instanceof SQLIntervalExpr) {
            return later(operation);
        }
        return switch (operation.getOperator()) {
            case Escape -> escaped(operation);
            case Assignment -> assignment(operation);
            case COLLATE -> collated(operation);
            case Like, NotLike, RLike, NotRLike, RegExp, NotRegExp -> matching(operation);
            case Is, IsNot -> Operators.is(bind(operation.getLeft()), operation);
            default ->
                Operators.bind(operation.getOperator(), bind(operation.getLeft()), bind(operation.getRight()))
                        .orElseThrow(() -> SqlErrors.notSupported(operation.getOperator().name));
        };
    }

    private Expression later(SQLBinaryOpExpr operation) {
        int sign = switch (operation.getOperator()) {
            case Add -> 1;
            case Subtract -> -1;
            default -> throw SqlErrors.notSupported(operation.getOperator().name);
        };
        return new Calls(this).interval(List.of(operation.getLeft(), operation.getRight()), sign);
    }

    /// `(a LIKE b) ESCAPE c`, as the parser has it.
    private Expression escaped(SQLBinaryOpExpr operation) {
        if (!(operation.getLeft() instanceof SQLBinaryOpExpr like)) {
            throw SqlErrors.notSupported("ESCAPE");
        }
        return switch (like.getOperator()) {
            case Like, NotLike ->
                Operators.matching(
                        like.getOperator(),
                        bind(like.getLeft()),
                        bind(like.getRight()),
                        Texts.characters(bind(operation.getRight()).now()));
            default -> throw SqlErrors.notSupported("ESCAPE");
        };
    }

    private Expression assignment(SQLBinaryOpExpr operation) {
        if (!(operation.getLeft() instanceof SQLVariantRefExpr variable)
                || !variable.getName().startsWith("@")
                || variable.getName().startsWith("@@")) {
            throw SqlErrors.notSupported(":=");
        }
        var name = Names.plain(variable.getName().substring(1));
        var value = bind(operation.getRight());
        return new Expression(value.type(), false, row -> {
            var assigned = value.of(row);
            environment.setUserVariable(name, assigned);
            return assigned;
        });
    }

    private Expression collated(SQLBinaryOpExpr operation) {
        var name = Names.last(operation.getRight());
        var collation = Literals.collation(name);
        var value = bind(operation.getLeft());
        return new Expression(
                value.type().with(collation), value.constant(), row -> Literals.collated(value.of(row), name));
    }

    private Expression matching(SQLBinaryOpExpr operation) {
        var left = bind(operation.getLeft());
        var right = operation.getRight();
        var escape = Optional.<String>empty();
        if (right instanceof SQLBinaryOpExpr escaped && escaped.getOperator() == SQLBinaryOperator.Escape) {
            escape = Optional.of(Texts.characters(bind(escaped.getRight()).now()));
            right = escaped.getLeft();
        }
        return Operators.matching(operation.getOperator(), left, bind(right), escape.orElse("\\"));
    }

    static Expression not(Expression of) {
        return strict(of, value -> Logic.of(!Numbers.isTrue(value)));
    }

    private static Expression strict(Expression of, UnaryOperator<Value> operator) {
        return new Expression(ColumnType.BIGINT, of.constant(), row -> {
            var value = of.of(row);
            return value.isNull() ? Logic.NULL : operator.apply(value);
        });
    }

    private Expression unary(SQLUnaryExpr unary) {
        var of = bind(unary.getExpr());
        return switch (unary.getOperator()) {
            case Plus -> of;
            case Negative ->
                new Expression(
                        of.type().isText() ? ColumnType.DOUBLE : of.type(),
                        of.constant(),
                        row -> Arithmetic.negate(of.of(row)));
            case Not, NOT -> not(of);
            case Compl ->
                new Expression(ColumnType.UNSIGNED, of.constant(), row -> {
                    var value = of.of(row);
                    return value.isNull() ? Logic.NULL : Numbers.unsigned(~Numbers.bits(value));
                });
            case BINARY ->
                new Expression(
                        of.type().isText() ? of.type().with(Collation.BINARY) : ColumnType.BYTES,
                        of.constant(),
                        row -> Literals.collated(of.of(row), "binary"));
            case Prior, ConnectByRoot, RAW, Pound -> throw SqlErrors.notSupported(unary.getOperator().name);
        };
    }

    private Expression in(SQLInListExpr in) {
        if (in.getExpr() instanceof SQLListExpr row) {
            return bind(Rows.in(row, in));
        }
        var of = bind(in.getExpr());
        var targets = in.getTargetList().stream().map(this::bind).toList();
        boolean constant = of.constant() && targets.stream().allMatch(Expression::constant);
        var found = new Expression(ColumnType.BIGINT, constant, row -> {
            var wanted = of.of(row);
            return Operators.isAmong(
                    wanted, targets.stream().map(target -> target.of(row)).toList());
        });
        return in.isNot() ? not(found) : found;
    }

    private Expression in(SQLInSubQueryExpr in) {
        var of = bind(in.getExpr());
        var plan = environment.subquery(in.getSubQuery());
        if (plan.columns().size() != 1) {
            throw SqlErrors.operands(1);
        }
        var once = new Once<>(() -> {
            var all = new ArrayList<Value>();
            plan.rows().get().forEachRemaining(row -> all.add(row.getFirst()));
            return all;
        });
        var found = new Expression(ColumnType.BIGINT, false, row -> Operators.isAmong(of.of(row), once.get()));
        return in.isNot() ? not(found) : found;
    }

    private Expression exists(SQLExistsExpr exists) {
        var plan = environment.subquery(exists.getSubQuery());
        var once = new Once<>(() -> plan.rows().get().hasNext() != exists.isNot());
        return new Expression(ColumnType.BIGINT, false, _ -> Logic.of(once.get()));
    }

    private Expression scalar(SQLQueryExpr query) {
        var plan = environment.subquery(query.getSubQuery());
        if (plan.columns().size() != 1) {
            throw SqlErrors.operands(1);
        }
        var once = new Once<>(() -> {
            var rows = plan.rows().get();
            var value = rows.hasNext() ? rows.next().getFirst() : Logic.NULL;
            if (rows.hasNext()) {
                throw SqlErrors.moreThanOneRow();
            }
            return value;
        });
        return new Expression(plan.columns().getFirst().type(), false, _ -> once.get());
    }

    private Expression between(SQLBetweenExpr between) {
        var of = bind(between.getTestExpr());
        var low = bind(between.getBeginExpr());
        var high = bind(between.getEndExpr());
        var inside = Operators.bind(
                        SQLBinaryOperator.BooleanAnd,
                        Operators.bind(SQLBinaryOperator.GreaterThanOrEqual, of, low)
                                .orElseThrow(),
                        Operators.bind(SQLBinaryOperator.LessThanOrEqual, of, high)
                                .orElseThrow())
                .orElseThrow();
        return between.isNot() ? not(inside) : inside;
    }

    private record Branch(Expression condition, Expression value) {}

    private Expression choice(SQLCaseExpr choice) {
        var subject = Optional.ofNullable(choice.getValueExpr()).map(this::bind);
        var branches = new ArrayList<Branch>();
        for (var item : choice.getItems()) {
            var when = bind(item.getConditionExpr());
            var condition = subject.map(of ->
                            Operators.bind(SQLBinaryOperator.Equality, of, when).orElseThrow())
                    .orElse(when);
            branches.add(new Branch(condition, bind(item.getValueExpr())));
        }
        var otherwise =
                Optional.ofNullable(choice.getElseExpr()).map(this::bind).orElse(Expression.of(Logic.NULL));
        var type = otherwise.type();
        for (var branch : branches) {
            type = type.or(branch.value().type());
        }
        boolean constant = otherwise.constant()
                && branches.stream()
                        .allMatch(branch ->
                                branch.condition().constant() && branch.value().constant());
        return new Expression(type, constant, row -> {
            for (var branch : branches) {
                if (branch.condition().isTrue(row)) {
                    return branch.value().of(row);
                }
            }
            return otherwise.of(row);
        });
    }

    private Expression aggregate(SQLAggregateExpr source) {
        var found = aggregates.orElseThrow(() -> new MysqlException(1111, "HY000", "Invalid use of group function"));
        var inner = new Binder(environment, scope, Optional.empty());
        var aggregate = new Calls(inner).aggregate(source);
        int index = found.indexOf(aggregate);
        if (index < 0) {
            found.add(aggregate);
            index = found.size() - 1;
        }
        return Expression.cell(aggregate.type(), scope.columns().size() + index);
    }

    static boolean isStar(SQLExpr expression) {
        return expression instanceof SQLAllColumnExpr
                || (expression instanceof SQLPropertyExpr property
                        && property.getName().equals("*"));
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
