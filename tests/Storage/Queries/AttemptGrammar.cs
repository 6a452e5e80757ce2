namespace Tradepost.Storage.Tests.Queries;

/// <summary>
/// Makes texts that a checker could read otherwise than the engine: comments that nest or end at odd places, every line end, every form
/// of literal, statements in and behind them, EXPLAIN before all sorts of things.
/// </summary>
internal sealed class AttemptGrammar(int seed, string secretFile)
{
    private static readonly string[] LineEnds = ["\n", "\r", "\r\n", "\u2028", "\u0085", "\v", "\f", ""];

    private static readonly string[] Blanks =
    [
        " ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\u00a0",
        "\u3000",
        "\ufeff",
        "\v",
        "\f",
        "",
        "/**/",
        "/* */",
    ];

    private static readonly string[] Harmless =
    [
        "SELECT 1",
        "SELECT id FROM items ORDER BY id",
        "SELECT count(*) FROM items",
        "(SELECT 2)",
        "SELECT 'a' || 'b'",
        "VALUES (1), (2)",
        "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
        "SELECT 1 UNION ALL SELECT 2 ORDER BY 1",
        "SELECT upper(name) FROM items ORDER BY 1",
        "TABLE items ORDER BY id",
        "SELECT CASE WHEN id > 1 THEN 'x' END FROM items ORDER BY id",
    ];

    private readonly Random random = new(seed);

    /// <summary>Texts that nobody may see come out of these, or something changes.</summary>
    private string[] Wicked =>
        [
            "SELECT * FROM users",
            "SELECT password_hash FROM users",
            "SELECT email FROM people",
            "DELETE FROM items",
            "INSERT INTO items VALUES (9, 'x')",
            "DROP TABLE items",
            "UPDATE items SET name = 'x'",
            "CREATE TABLE more (id int)",
            "SET threads = 1",
            "RESET ROLE",
            "SET ROLE postgres",
            "COMMIT",
            "ROLLBACK",
            "COPY items TO '/dev/null'",
            "COPY (SELECT 1) TO PROGRAM 'id'",
            $"SELECT * FROM '{secretFile}'",
            $"SELECT * FROM read_csv('{secretFile}')",
            $"SELECT * FROM read_text('{secretFile}')",
            $"SELECT pg_read_file('{secretFile}')",
            "SELECT set_config('role', 'none', false)",
            "SELECT set_config('transaction_read_only', 'off', true)",
            "SELECT nextval('numbers')",
            "ATTACH ':memory:' AS other",
            "CALL backdoor()",
            "SELECT backdoor()",
            "PRAGMA database_size",
            "SHOW ALL",
            "SELECT * FROM duckdb_settings()",
            "SELECT sql FROM sqlite_master",
            "SELECT * FROM pg_authid",
            "SELECT current_setting('data_directory')",
            "VACUUM",
            "CHECKPOINT",
            "LOCK TABLE items",
            "CREATE OR REPLACE VIEW shown AS SELECT 1",
            "GRANT ALL ON items TO PUBLIC",
            "SELECT lo_from_bytea(0, 'x')",
            "SELECT pg_notify('x', 'y')",
            "DISCARD ALL",
            "BEGIN",
            "PREPARE p AS SELECT 1",
            "WITH x AS (DELETE FROM items RETURNING id) SELECT * FROM x",
            "SELECT * INTO more FROM items",
            "SELECT id FROM items FOR UPDATE",
            "SELECT query_to_xml('SELECT * FROM users', true, true, '')",
            "SELECT s.* FROM (WITH sqlite_master AS (SELECT 1 a) SELECT * FROM sqlite_master) q, sqlite_master s",
            "SELECT table_name FROM information_schema.tables",
            "SELECT * FROM information_schema.columns",
            "SELECT u FROM users u",
            "SELECT (SELECT max(password_hash) FROM users)",
            "SELECT 'users'::regclass",
            "SELECT view_definition FROM information_schema.views",
            "DESCRIBE users",
            "SUMMARIZE users",
        ];

    public string Next() =>
        random.Next(8) switch
        {
            0 => Junk() + Statement() + Junk(),
            1 => Junk() + Statement() + Blank() + ";" + Junk() + Statement() + Junk(),
            2 => Junk() + Explain() + Junk() + Statement() + Junk(),
            3 => $"SELECT {Literal()}{Junk()}{Pick(["", ", " + Literal(), "; " + Pick(Wicked), " UNION ALL " + Pick(Wicked)])}{Junk()}",
            4 => $"{Pick(Harmless)} {Comment(Pick(Wicked))}{Junk()}{Pick(Wicked)}",
            5 => $"SELECT * FROM ({Junk()}{Statement()}{Junk()}) AS t{Junk()}",
            6 => $"WITH {Pick(["x", "users", "sqlite_master", "\"a b\"", "items"])} AS ({Junk()}{Statement()}{Junk()}) {Statement()}",
            _ =>
                $"SELECT 1 WHERE EXISTS ({Statement()}{Junk()}) {Pick(["OR", "AND"])} {Literal()} {Pick(["=", "<>", "~~"])} {Literal()}{Junk()}",
        };

    private string Statement() => random.Next(5) < 2 ? Pick(Harmless) : Pick(Wicked);

    private string Explain() =>
        Pick([
            "EXPLAIN ",
            "explain ",
            "EXPLAIN ANALYZE ",
            "EXPLAIN/**/",
            "EXPLAIN--\n",
            "EXPLAIN (ANALYZE) ",
            "EXPLAIN (FORMAT JSON) ",
            "EXPLAIN VERBOSE ",
            "EXPLAIN\u00a0",
            "EXPLAIN EXPLAIN ",
        ]);

    private string Junk()
    {
        var junk = "";
        for (var i = random.Next(4); i > 0; i--)
        {
            junk +=
                random.Next(3) == 0
                    ? Blank()
                    : Comment(Pick(["", "x", "'", "\"", ";", "$$", "*/", "/*", "EXPLAIN ", Pick(Wicked), Pick(Harmless) + ";"]));
        }

        return junk;
    }

    private string Comment(string inside) =>
        random.Next(6) switch
        {
            0 => "--" + inside + Pick(LineEnds),
            1 => "/*" + inside + "*/",
            2 => "/* /* */ " + inside + " */",
            3 => "/* /* " + inside + " */",
            4 => "/*" + inside + "/*" + Pick(LineEnds) + "*/*/",
            _ => "--" + inside + Pick(LineEnds) + "--" + Pick(LineEnds),
        };

    private string Literal()
    {
        var inside = Pick([
            "a",
            "\\",
            "\\'",
            "''",
            "'",
            "\\\\'",
            "--",
            "/*",
            "*/",
            ";",
            "$$",
            "\"",
            "\u2019",
            "\r",
            "\n",
            $"' || (SELECT max(password_hash) FROM users) || '",
            $"'; {Pick(Wicked)}; --",
        ]);
        var end = Pick(["", "'\n'" + inside, "' '" + inside, "'\r'" + inside, "'--\n'" + inside, "'/**/'" + inside]);
        return Pick(["'", "E'", "e'", "U&'", "N'", "B'", "X'", "$$", "$a$", "$1$", "\"", "U&\"", "E''", "date '", "_utf8'"]) switch
        {
            "$$" => $"$${inside}$$",
            "$a$" => $"$a${inside}$a$",
            "$1$" => $"$1${inside}$1$",
            var open when open.EndsWith('"') => $"{open}{inside}\"",
            var open => $"{open}{inside}{end}'",
        };
    }

    private string Blank() => Pick(Blanks);

    private string Pick(string[] of) => of[random.Next(of.Length)];
}
