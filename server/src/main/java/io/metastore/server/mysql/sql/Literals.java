package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.expr.SQLBinaryExpr;
import com.alibaba.druid.sql.ast.expr.SQLBooleanExpr;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import com.alibaba.druid.sql.ast.expr.SQLHexExpr;
import com.alibaba.druid.sql.ast.expr.SQLIntegerExpr;
import com.alibaba.druid.sql.ast.expr.SQLLiteralExpr;
import com.alibaba.druid.sql.ast.expr.SQLNullExpr;
import com.alibaba.druid.sql.ast.expr.SQLNumberExpr;
import com.alibaba.druid.sql.dialect.mysql.ast.expr.MySqlCharExpr;
import io.metastore.server.model.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// What is written out in a statement. Texts are one character for each byte, as the statement is.
final class Literals {
    private Literals() {}

    static Value of(SQLLiteralExpr literal) {
        return switch (literal) {
            case SQLNullExpr _ -> Logic.NULL;
            case SQLBooleanExpr truth -> Logic.of(truth.getBooleanValue());
            case SQLIntegerExpr number ->
                Numbers.ofInteger(new BigInteger(number.getNumber().toString()));
            case SQLNumberExpr number -> number(String.valueOf(number));
            case SQLHexExpr hex -> hex(hex.getHex());
            case SQLBinaryExpr bits -> bits(bits.getText());
            case SQLCharExpr text
            when text.getClass() == SQLCharExpr.class -> new Value.Text(bytes(text.getText()), Collation.GENERAL);
            default -> throw SqlErrors.notSupported(String.valueOf(literal));
        };
    }

    /// With the character set that stands before it, and the collation behind it.
    static Value of(MySqlCharExpr literal) {
        var type = Optional.ofNullable(literal.getType()).orElse("");
        var content = bytes(literal.getText());
        var value = "hex".equalsIgnoreCase(type) || literal.toString().matches("(?is)_\\w+ ?x'.*")
                ? hex(literal.getText())
                : new Value.Text(content, Collation.GENERAL);
        var charset = Optional.ofNullable(literal.getCharset()).orElse("").toLowerCase(Locale.ROOT);
        var collation = Optional.ofNullable(literal.getCollate());
        if (collation.isPresent()) {
            return collated(value, collation.get());
        }
        return charset.equals("_binary") || charset.equals("binary")
                ? new Value.Text(Numbers.text(value), Collation.BINARY)
                : new Value.Text(Numbers.text(value), Collation.GENERAL);
    }

    static Value collated(Value value, String name) {
        return value.isNull() ? value : new Value.Text(Numbers.text(value), collation(name));
    }

    static Collation collation(String name) {
        var plain = Names.plain(name).toLowerCase(Locale.ROOT);
        if (plain.equals("binary")) {
            return Collation.BINARY;
        }
        if (!plain.matches("(utf8mb4|utf8mb3|utf8|latin1|ascii)_\\w+")) {
            throw new io.metastore.server.mysql.packet.MysqlException(
                    1273, "HY000", "Unknown collation: '" + name + "'");
        }
        return plain.endsWith("_bin") ? Collation.UTF8_BINARY : Collation.GENERAL;
    }

    private static Value number(String text) {
        if (text.contains("e") || text.contains("E")) {
            return new Value.Real(Double.parseDouble(text));
        }
        var number = new BigDecimal(text);
        return number.scale() == 0 ? Numbers.ofInteger(number.toBigInteger()) : new Value.Decimal(number);
    }

    private static Value hex(String digits) {
        var even = digits.length() % 2 == 0 ? digits : "0" + digits;
        return new Value.Text(Bytes.wrap(HexFormat.of().parseHex(even)), Collation.BINARY);
    }

    private static Value bits(String digits) {
        var whole = new BigInteger(digits.isEmpty() ? "0" : digits, 2);
        int length = (digits.length() + 7) / 8;
        var content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[length - 1 - i] = whole.shiftRight(8 * i).byteValue();
        }
        return new Value.Text(Bytes.wrap(content), Collation.BINARY);
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
