using Tradepost.Storage.Migrations;

namespace Tradepost.Storage.Tests.Migrations;

public sealed class SqlStatementsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" ;; -- nothing;\n/* ; */", new string[0])]
    [InlineData("a; b", new[] { "a", "b" })]
    [InlineData("select ';', \";\" ; b;", new[] { "select ';', \";\"", "b" })]
    [InlineData("select 'it''s;'; b", new[] { "select 'it''s;'", "b" })]
    [InlineData("select e'\\';'; b", new[] { "select e'\\';'", "b" })]
    [InlineData("select name'\\'; b", new[] { "select name'\\'", "b" })]
    [InlineData("do $$ a; b $$; c", new[] { "do $$ a; b $$", "c" })]
    [InlineData("do $x$ a; $$; $x$; c", new[] { "do $x$ a; $$; $x$", "c" })]
    [InlineData("select $1; select a$b$c; d", new[] { "select $1", "select a$b$c", "d" })]
    [InlineData("a -- ; '\n; b /* ; /* ; */ ; ' */ c", new[] { "a -- ; '", "b /* ; /* ; */ ; ' */ c" })]
    [InlineData("select 'open;", new[] { "select 'open;" })]
    public void Statements_end_at_semicolons_outside_of_texts_and_comments(string sql, string[] expected) =>
        SqlStatements.Split(sql).ShouldBe(expected);
}
