using DuckDB.NET.Data;
using Tradepost.Storage.Embedded;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class NamedParametersTests
{
    [Theory]
    [InlineData("SELECT @a, @b", "SELECT $a, $b")]
    [InlineData("WHERE x=@a AND y<@b", "WHERE x=$a AND y<$b")]
    [InlineData("SELECT '@a', \"@a\", 'it''s @a', @a", "SELECT '@a', \"@a\", 'it''s @a', $a")]
    [InlineData("SELECT E'\\'@a', @a", "SELECT E'\\'@a', $a")]
    [InlineData("SELECT 1 -- @a\n, @a", "SELECT 1 -- @a\n, $a")]
    [InlineData("SELECT /* @a /* @a */ @a */ @a", "SELECT /* @a /* @a */ @a */ $a")]
    [InlineData("SELECT $$@a$$, $tag$@a$$@a$tag$, @a", "SELECT $$@a$$, $tag$@a$$@a$tag$, $a")]
    [InlineData("SELECT @(-5), @other, @a", "SELECT @(-5), @other, $a")]
    [InlineData("SELECT @ab, @a", "SELECT @ab, $a")]
    [InlineData("SELECT $a, @b", "SELECT $a, $b")]
    [InlineData("SELECT 'unclosed @a", "SELECT 'unclosed @a")]
    [InlineData("@a", "$a")]
    [InlineData("SELECT @a@", "SELECT $a@")]
    public void Only_parameters_outside_of_quotes_and_comments_are_rewritten(string sql, string expected)
    {
        var parameters = new DuckDBParameterCollection { new DuckDBParameter("a", 1), new DuckDBParameter("@b", 2) };

        NamedParameters.Rewrite(sql, parameters).ShouldBe(expected);
    }
}
