INSERT INTO kv (`key`, value) VALUES ('a', '0')
INSERT INTO kv (`key`, value) VALUES ('a/1', '1')
INSERT INTO kv (`key`, value) VALUES ('a/2', '2')
INSERT INTO kv (`key`, value) VALUES ('a/10', '3')
INSERT INTO kv (`key`, value) VALUES ('b', '4')
INSERT INTO kv (`key`, value) VALUES ('b%x', '5')
INSERT INTO kv (`key`, value) VALUES ('b_y', '6')
INSERT INTO kv (`key`, value) VALUES ('c', '7')
INSERT INTO kv (`key`, value) VALUES ('dd', '8')
INSERT INTO kv (`key`, value) VALUES ('e e', '9')
INSERT INTO kv (`key`, value) VALUES ('f\'q', '10')
INSERT INTO kv (`key`, value) VALUES ('z', '11')
SELECT `key`, value FROM kv WHERE `key` = 'a' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = 'a'
SELECT `key`, value FROM kv WHERE `key` = 'nope' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = 'nope'
SELECT `key`, value FROM kv WHERE `key` > 'b' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` > 'b'
SELECT `key`, value FROM kv WHERE `key` >= 'b' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` >= 'b'
SELECT `key`, value FROM kv WHERE `key` < 'b' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` < 'b'
SELECT `key`, value FROM kv WHERE `key` <= 'b' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` <= 'b'
SELECT `key`, value FROM kv WHERE `key` <> 'a' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` <> 'a'
SELECT `key`, value FROM kv WHERE `key` IN ('a','b','zz') ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` IN ('a','b','zz')
SELECT `key`, value FROM kv WHERE `key` NOT IN ('a','b') ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` NOT IN ('a','b')
SELECT `key`, value FROM kv WHERE `key` BETWEEN 'a' AND 'b' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` BETWEEN 'a' AND 'b'
SELECT `key`, value FROM kv WHERE `key` NOT BETWEEN 'a' AND 'b' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` NOT BETWEEN 'a' AND 'b'
SELECT `key`, value FROM kv WHERE `key` LIKE 'a%' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` LIKE 'a%'
SELECT `key`, value FROM kv WHERE `key` LIKE 'a/_' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` LIKE 'a/_'
SELECT `key`, value FROM kv WHERE `key` LIKE 'b\\%x' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` LIKE 'b\\%x'
SELECT `key`, value FROM kv WHERE `key` LIKE 'b\\_y' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` LIKE 'b\\_y'
SELECT `key`, value FROM kv WHERE `key` LIKE '%1' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` LIKE '%1'
SELECT `key`, value FROM kv WHERE `key` LIKE 'a' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` LIKE 'a'
SELECT `key`, value FROM kv WHERE `key` LIKE '%' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` LIKE '%'
SELECT `key`, value FROM kv WHERE `key` NOT LIKE 'a%' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` NOT LIKE 'a%'
SELECT `key`, value FROM kv WHERE `key` LIKE 'a|/%' ESCAPE '|' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` LIKE 'a|/%' ESCAPE '|'
SELECT `key`, value FROM kv WHERE value = '3' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE value = '3'
SELECT `key`, value FROM kv WHERE value = 3 ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE value = 3
SELECT `key`, value FROM kv WHERE value > 5 ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE value > 5
SELECT `key`, value FROM kv WHERE value IN (1,2,3) ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE value IN (1,2,3)
SELECT `key`, value FROM kv WHERE value BETWEEN 2 AND 4 ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE value BETWEEN 2 AND 4
SELECT `key`, value FROM kv WHERE `key` = 'a' OR `key` = 'c' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = 'a' OR `key` = 'c'
SELECT `key`, value FROM kv WHERE `key` = 'a' AND value = '0' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = 'a' AND value = '0'
SELECT `key`, value FROM kv WHERE `key` = 'a' AND value = '1' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = 'a' AND value = '1'
SELECT `key`, value FROM kv WHERE NOT (`key` = 'a') ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE NOT (`key` = 'a')
SELECT `key`, value FROM kv WHERE NOT `key` = 'a' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE NOT `key` = 'a'
SELECT `key`, value FROM kv WHERE `key` IS NULL ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` IS NULL
SELECT `key`, value FROM kv WHERE `key` IS NOT NULL ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` IS NOT NULL
SELECT `key`, value FROM kv WHERE value IS NULL ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE value IS NULL
SELECT `key`, value FROM kv WHERE `key` = NULL ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = NULL
SELECT `key`, value FROM kv WHERE `key` <=> NULL ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` <=> NULL
SELECT `key`, value FROM kv WHERE `key` <=> 'a' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` <=> 'a'
SELECT `key`, value FROM kv WHERE `key` = 'a' XOR value = '4' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = 'a' XOR value = '4'
SELECT `key`, value FROM kv WHERE (`key`, value) = ('a', '0') ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE (`key`, value) = ('a', '0')
SELECT `key`, value FROM kv WHERE (`key`, value) IN (('a','0'),('b','4')) ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE (`key`, value) IN (('a','0'),('b','4'))
SELECT `key`, value FROM kv WHERE `key` REGEXP '^a' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` REGEXP '^a'
SELECT `key`, value FROM kv WHERE `key` NOT REGEXP '^a' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` NOT REGEXP '^a'
SELECT `key`, value FROM kv WHERE `key` RLIKE 'b|c' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` RLIKE 'b|c'
SELECT `key`, value FROM kv WHERE `key` > 'a' AND `key` < 'c' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` > 'a' AND `key` < 'c'
SELECT `key`, value FROM kv WHERE `key` >= 'a' AND `key` < 'b' OR `key` = 'z' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` >= 'a' AND `key` < 'b' OR `key` = 'z'
SELECT `key`, value FROM kv WHERE LENGTH(`key`) = 1 ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE LENGTH(`key`) = 1
SELECT `key`, value FROM kv WHERE `key` IN (SELECT `key` FROM kv WHERE value > 6) ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` IN (SELECT `key` FROM kv WHERE value > 6)
SELECT `key`, value FROM kv WHERE EXISTS (SELECT 1 FROM kv WHERE `key` = 'a') ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE EXISTS (SELECT 1 FROM kv WHERE `key` = 'a')
SELECT `key`, value FROM kv WHERE NOT EXISTS (SELECT 1 FROM kv WHERE `key` = 'qq') ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE NOT EXISTS (SELECT 1 FROM kv WHERE `key` = 'qq')
SELECT `key`, value FROM kv WHERE value = (SELECT MAX(value) FROM kv) ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE value = (SELECT MAX(value) FROM kv)
SELECT `key`, value FROM kv WHERE 1 ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE 1
SELECT `key`, value FROM kv WHERE 0 ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE 0
SELECT `key`, value FROM kv WHERE NULL ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE NULL
SELECT `key`, value FROM kv WHERE 'a' = 'A' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE 'a' = 'A'
SELECT `key`, value FROM kv WHERE `key` = 'A' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = 'A'
SELECT `key`, value FROM kv WHERE `key` = 0x61 ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = 0x61
SELECT `key`, value FROM kv WHERE `key` = x'62' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = x'62'
SELECT `key`, value FROM kv WHERE `key` = BINARY 'a' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = BINARY 'a'
SELECT `key`, value FROM kv WHERE `key` = _utf8mb4'a' ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = _utf8mb4'a'
SELECT `key`, value FROM kv WHERE `key` = CONCAT('a','/','1') ORDER BY `key`
SELECT COUNT(*) FROM kv WHERE `key` = CONCAT('a','/','1')
SELECT `key`, value FROM kv ORDER BY `key` DESC
SELECT `key`, value FROM kv ORDER BY value
SELECT `key`, value FROM kv ORDER BY value DESC, `key`
SELECT `key`, value FROM kv ORDER BY 2
SELECT `key`, value FROM kv ORDER BY 1 DESC
SELECT `key`, value FROM kv ORDER BY LENGTH(`key`), `key`
SELECT `key`, value FROM kv ORDER BY `key` LIMIT 3
SELECT `key`, value FROM kv ORDER BY `key` LIMIT 2, 3
SELECT `key`, value FROM kv ORDER BY `key` LIMIT 3 OFFSET 2
SELECT `key`, value FROM kv ORDER BY `key` LIMIT 0
SELECT `key`, value FROM kv ORDER BY `key` LIMIT 100 OFFSET 50
SELECT `key`, value FROM kv ORDER BY value+0
SELECT `key`, value FROM kv ORDER BY -value
SELECT `key`, value FROM kv ORDER BY `key` = 'c' DESC, `key`
SELECT 1
SELECT 1+1
SELECT 2-5
SELECT 3*4
SELECT 7/2
SELECT 7 DIV 2
SELECT 7 % 3
SELECT -7 % 3
SELECT 1/0
SELECT 1 DIV 0
SELECT 1 % 0
SELECT 1.5+1
SELECT 1.50*2
SELECT 10/4
SELECT 0.1+0.2
SELECT 1e3
SELECT 1e3+1
SELECT '5'+3
SELECT '5x'+3
SELECT 'abc'+1
SELECT NULL+1
SELECT -5
SELECT - -5
SELECT +3
SELECT 1=1
SELECT 1<>1
SELECT 1<2
SELECT 2<=2
SELECT 3>4
SELECT 4>=4
SELECT NULL=NULL
SELECT NULL<=>NULL
SELECT 1<=>NULL
SELECT 'a'='A'
SELECT 'a'<'b'
SELECT '10'<'9'
SELECT 10<'9'
SELECT 1 AND 0
SELECT 1 AND NULL
SELECT 0 AND NULL
SELECT 1 OR NULL
SELECT 0 OR NULL
SELECT NOT 0
SELECT NOT NULL
SELECT !1
SELECT 1 XOR 1
SELECT 1 XOR 0
SELECT 1 XOR NULL
SELECT 5 & 3
SELECT 5 | 3
SELECT 5 ^ 3
SELECT 1 << 4
SELECT 16 >> 2
SELECT ~0
SELECT ~1
SELECT 1 IN (1,2)
SELECT 3 IN (1,2)
SELECT 3 IN (1,NULL)
SELECT NULL IN (1)
SELECT 1 NOT IN (2)
SELECT 2 BETWEEN 1 AND 3
SELECT 2 NOT BETWEEN 1 AND 3
SELECT 'a' LIKE 'A'
SELECT 'abc' LIKE 'a_c'
SELECT 'a%c' LIKE 'a\\%c'
SELECT NULL IS NULL
SELECT 1 IS NOT NULL
SELECT 1 IS TRUE
SELECT 0 IS FALSE
SELECT NULL IS TRUE
SELECT 2 IS NOT FALSE
SELECT 9223372036854775807
SELECT 9223372036854775807+1
SELECT 18446744073709551615
SELECT TRUE
SELECT FALSE
SELECT x'4142'
SELECT 0x4142
SELECT b'01000001'
SELECT 'it''s'
SELECT "dq"
SELECT 'a\\nb'
SELECT 'a' 'b'
SELECT CASE WHEN 1 THEN 'x' ELSE 'y' END
SELECT CASE 2 WHEN 1 THEN 'x' WHEN 2 THEN 'z' END
SELECT CASE WHEN NULL THEN 1 END
SELECT IF(1,'a','b')
SELECT IF(NULL,1,2)
SELECT IFNULL(NULL,'x')
SELECT IFNULL(1,2)
SELECT NULLIF(1,1)
SELECT NULLIF(1,2)
SELECT COALESCE(NULL,NULL,3)
SELECT COALESCE(NULL)
SELECT ISNULL(NULL)
SELECT LEAST(3,1,2)
SELECT GREATEST(3,1,2)
SELECT LEAST('b','a')
SELECT GREATEST(1,NULL)
SELECT ABS(-3)
SELECT ABS(-1.5)
SELECT SIGN(-2)
SELECT CEIL(1.2)
SELECT CEILING(-1.2)
SELECT FLOOR(1.8)
SELECT FLOOR(-1.8)
SELECT ROUND(1.5)
SELECT ROUND(2.5)
SELECT ROUND(-1.5)
SELECT ROUND(1.2345,2)
SELECT ROUND(1234,-2)
SELECT TRUNCATE(1.999,1)
SELECT MOD(7,3)
SELECT POW(2,3)
SELECT SQRT(16)
SELECT SQRT(-1)
SELECT LENGTH('abc')
SELECT LENGTH('é')
SELECT CHAR_LENGTH('é')
SELECT BIT_LENGTH('a')
SELECT UPPER('abc')
SELECT LOWER('ABC')
SELECT CONCAT('a','b')
SELECT CONCAT('a',NULL)
SELECT CONCAT('a',1)
SELECT CONCAT_WS(',','a',NULL,'b')
SELECT CONCAT_WS(NULL,'a')
SELECT REPLACE('aba','a','x')
SELECT REVERSE('abc')
SELECT REPEAT('ab',3)
SELECT SUBSTRING('abcdef',2)
SELECT SUBSTRING('abcdef',2,3)
SELECT SUBSTRING('abcdef',-2)
SELECT SUBSTRING('abcdef' FROM 2 FOR 2)
SELECT SUBSTR('abc',0)
SELECT SUBSTR('abc',5)
SELECT MID('abcdef',3,2)
SELECT LEFT('abc',2)
SELECT RIGHT('abc',2)
SELECT LEFT('abc',0)
SELECT LEFT('abc',10)
SELECT LPAD('5',3,'0')
SELECT RPAD('5',3,'x')
SELECT LPAD('abcdef',3,'0')
SELECT TRIM('  a ')
SELECT LTRIM('  a ')
SELECT RTRIM(' a  ')
SELECT TRIM(LEADING 'x' FROM 'xxaxx')
SELECT TRIM(BOTH 'x' FROM 'xxaxx')
SELECT TRIM(TRAILING 'x' FROM 'xxaxx')
SELECT LOCATE('b','abc')
SELECT LOCATE('z','abc')
SELECT LOCATE('b','abcb',3)
SELECT INSTR('abc','c')
SELECT FIND_IN_SET('b','a,b,c')
SELECT FIND_IN_SET('z','a,b')
SELECT SUBSTRING_INDEX('a.b.c','.',2)
SELECT SUBSTRING_INDEX('a.b.c','.',-1)
SELECT SUBSTRING_INDEX('abc','.',1)
SELECT STRCMP('a','b')
SELECT ASCII('a')
SELECT ASCII('')
SELECT HEX('ab')
SELECT HEX(255)
SELECT UNHEX('4142')
SELECT MD5('a')
SELECT SHA1('a')
SELECT CRC32('a')
SELECT SPACE(3)
SELECT ELT(2,'a','b')
SELECT ELT(5,'a')
SELECT FIELD('b','a','b')
SELECT FIELD('z','a')
SELECT CAST('12' AS SIGNED)
SELECT CAST('12x' AS SIGNED)
SELECT CAST(1.6 AS SIGNED)
SELECT CAST(-1 AS UNSIGNED)
SELECT CAST(12 AS CHAR)
SELECT CAST('abc' AS CHAR(2))
SELECT CAST('1.256' AS DECIMAL(10,2))
SELECT CONVERT('a' USING utf8mb4)
SELECT CONVERT('5', SIGNED)
SELECT DATE_ADD('2020-01-31', INTERVAL 1 MONTH)
SELECT DATE_SUB('2020-01-01', INTERVAL 1 DAY)
SELECT '2020-01-01' + INTERVAL 1 DAY
SELECT CAST('2020-02-03 04:05:06' AS DATETIME)
SELECT CAST('2020-02-03 04:05:06' AS DATE)
SELECT FROM_UNIXTIME(0)
SELECT UNIX_TIMESTAMP('1970-01-02 00:00:00')
SELECT QUOTE('a\\'b')
SELECT (SELECT 1)
SELECT (SELECT COUNT(*) FROM kv)
SELECT (SELECT `key` FROM kv)
SELECT (SELECT 1, 2)
SELECT nosuch
SELECT nosuch.x
SELECT NOSUCHFN(1)
SELECT LENGTH()
SELECT LENGTH(1,2)
SELECT COUNT(1)
SELECT MAX(1)
SELECT SUM(NULL)
SELECT DATABASE()
SELECT LAST_INSERT_ID()
SELECT COUNT(*), MIN(`key`), MAX(`key`) FROM kv
SELECT SUM(value), AVG(LENGTH(`key`)), COUNT(DISTINCT LENGTH(`key`)) FROM kv
SELECT COUNT(value) FROM kv WHERE `key` = 'nope'
SELECT SUM(LENGTH(value)) FROM kv WHERE `key` = 'nope'
SELECT MIN(value) FROM kv WHERE 0
SELECT LENGTH(`key`) AS n, COUNT(*) AS c FROM kv GROUP BY n ORDER BY n
SELECT LENGTH(`key`) AS n, COUNT(*) AS c FROM kv GROUP BY n HAVING c > 1 ORDER BY c DESC, n
SELECT LENGTH(`key`), COUNT(*) FROM kv GROUP BY LENGTH(`key`) ORDER BY 1
SELECT LENGTH(`key`), COUNT(*) FROM kv GROUP BY 1 ORDER BY 1
SELECT DISTINCT LENGTH(`key`) FROM kv ORDER BY 1
SELECT COUNT(*) FROM (SELECT `key` FROM kv WHERE value > 3) t
SELECT t.k FROM (SELECT `key` AS k FROM kv) t WHERE t.k LIKE 'a%' ORDER BY t.k
SELECT x.`key`, y.value FROM kv x JOIN kv y ON x.`key` = y.`key` WHERE x.value > 8 ORDER BY x.`key`
SELECT x.`key`, y.`key` FROM kv x LEFT JOIN kv y ON y.`key` = CONCAT(x.`key`, '/1') ORDER BY x.`key`
SELECT 1 UNION SELECT 1
SELECT 1 UNION ALL SELECT 1
SELECT 1 UNION SELECT 2 ORDER BY 1 DESC
SELECT 1, 2 UNION SELECT 3
WITH t AS (SELECT `key` FROM kv WHERE value < 3) SELECT * FROM t ORDER BY `key`
SELECT * FROM kv ORDER BY `key` LIMIT 2
SELECT kv.* FROM kv ORDER BY `key` LIMIT 1
SELECT k.`key` AS kk FROM kv AS k ORDER BY kk LIMIT 2
SELECT * FROM nosuch
SELECT nosuch FROM kv
SELECT kv.nosuch FROM kv
SELECT `key` FROM kv WHERE nosuch = 1
SELECT `key` FROM kv ORDER BY nosuch
SELECT GROUP_CONCAT(`key`) FROM kv WHERE `key` LIKE 'a/%'
SELECT `key` FROM kv x, kv y
SELECT * FROM kv WHERE COUNT(*) > 1
SELECT FROM kv
SELECT * FROM
SELECT 1 +
SELEC 1
SELECT (1
SELECT 'abc
UPDATE kv SET
INSERT INTO kv
DELETE kv WHERE
SELECT * FROM kv LIMIT -1
SELECT * FROM kv ORDER BY
INSERT INTO kv VALUES ('n1','x')
INSERT INTO kv VALUES ('n1','y')
INSERT IGNORE INTO kv VALUES ('n1','y'), ('n2','z')
INSERT INTO kv SET `key`='n3', value='w'
INSERT INTO kv (value, `key`) VALUES ('v','n4')
INSERT INTO kv (`key`, value) VALUES ('n5','1'), ('n6','2'), ('n7','3')
INSERT INTO kv (`key`, value) VALUES ('n8','1'), ('n1','2')
SELECT COUNT(*) FROM kv WHERE `key` = 'n8'
INSERT INTO kv VALUES ('n9')
INSERT INTO kv (`key`, value) VALUES ('n9','1','2')
INSERT INTO kv (`key`, nosuch) VALUES ('n9','1')
INSERT INTO kv (`key`, `key`) VALUES ('n9','1')
INSERT INTO kv (`key`, value) VALUES (NULL,'1')
INSERT INTO kv (`key`, value) VALUES ('n9',NULL)
INSERT INTO nosuch VALUES (1)
INSERT INTO kv VALUES ('n1','u') ON DUPLICATE KEY UPDATE value = VALUES(value)
INSERT INTO kv VALUES ('n1','u') ON DUPLICATE KEY UPDATE value = VALUES(value)
INSERT INTO kv VALUES ('n10','u') ON DUPLICATE KEY UPDATE value = 'w'
INSERT INTO kv VALUES ('n1','q') ON DUPLICATE KEY UPDATE value = CONCAT(value, '+', VALUES(value))
REPLACE INTO kv VALUES ('n1','r')
REPLACE INTO kv VALUES ('n11','r')
REPLACE INTO kv (`key`, value) VALUES ('n1','s'), ('n12','t')
INSERT INTO kv SELECT CONCAT('s/', `key`), value FROM kv WHERE `key` LIKE 'a%'
SELECT `key`, value FROM kv WHERE `key` LIKE 's/%' OR `key` LIKE 'n%' ORDER BY `key`
UPDATE kv SET value = 'uu' WHERE `key` = 'n1'
UPDATE kv SET value = 'uu' WHERE `key` = 'n1'
UPDATE kv SET value = 'uu' WHERE `key` = 'nope'
UPDATE kv SET value = CONCAT(value, '!') WHERE `key` LIKE 'n%'
UPDATE kv SET value = value + 1 WHERE `key` = 'a'
UPDATE kv SET `key` = 'm1' WHERE `key` = 'n2'
UPDATE kv SET `key` = 'm1' WHERE `key` = 'n3'
UPDATE kv SET value = NULL WHERE `key` = 'n3'
UPDATE kv SET nosuch = 1
UPDATE kv SET value = 'l' WHERE `key` LIKE 'n%' ORDER BY `key` LIMIT 2
UPDATE nosuch SET a = 1
SELECT `key`, value FROM kv ORDER BY `key`
DELETE FROM kv WHERE `key` = 'm1'
DELETE FROM kv WHERE `key` = 'm1'
DELETE FROM kv WHERE `key` LIKE 's/%'
DELETE FROM kv WHERE value = 'l' ORDER BY `key` DESC LIMIT 1
DELETE FROM nosuch
DELETE FROM kv WHERE nosuch = 1
SELECT COUNT(*) FROM kv
START TRANSACTION
INSERT INTO kv VALUES ('t1','1')
SELECT value FROM kv WHERE `key` = 't1'
SAVEPOINT s
UPDATE kv SET value = '2' WHERE `key` = 't1'
SELECT value FROM kv WHERE `key` = 't1'
ROLLBACK TO s
SELECT value FROM kv WHERE `key` = 't1'
DELETE FROM kv WHERE `key` = 't1'
INSERT INTO kv VALUES ('t1','3')
ROLLBACK TO SAVEPOINT nosuch
RELEASE SAVEPOINT s
COMMIT
SELECT value FROM kv WHERE `key` = 't1'
BEGIN
DELETE FROM kv
SELECT COUNT(*) FROM kv
INSERT INTO kv VALUES ('only','1')
SELECT * FROM kv
ROLLBACK
SELECT COUNT(*) FROM kv
SET autocommit = 0
INSERT INTO kv VALUES ('t2','1')
ROLLBACK
SELECT COUNT(*) FROM kv WHERE `key` = 't2'
SET autocommit = 1
START TRANSACTION READ ONLY
INSERT INTO kv VALUES ('t3','1')
COMMIT
SET @a = 5
SELECT @a + 1
SELECT @nosuch
SET nosuch_variable = 1
SET sql_mode = 'garbage' , nosuch2 = 1
SET autocommit = 7
SELECT @@autocommit
SELECT @@nosuch_variable
USE nosuch
USE metastore
COMMIT
ROLLBACK
SELECT VERSION() IS NOT NULL
DO 1
TRUNCATE TABLE kv
SELECT COUNT(*) FROM kv
