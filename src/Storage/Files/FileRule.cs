namespace Tradepost.Storage.Files;

/// <summary>What every row of a file must keep to, as rejects name it.</summary>
public static class FileRule
{
    /// <summary>A row has as many cells as the header.</summary>
    public const string CellCount = "wrong_cell_count";

    /// <summary>A cell with quotes begins and ends with one, and those inside are doubled.</summary>
    public const string Quotes = "quotes_do_not_match";

    /// <summary>The header stands once.</summary>
    public const string RepeatedHeader = "repeated_header";

    /// <summary>A line has cells.</summary>
    public const string BlankLine = "blank_line";

    /// <summary>There is a value where one has to be.</summary>
    public const string Missing = "missing_value";

    /// <summary>A value is of the column's type, and the column can hold it.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>A number is within the column's bounds.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>A text is no longer than the column's.</summary>
    public const string TooLong = "too_long";

    /// <summary>A text is one of those that are taken.</summary>
    public const string NotAccepted = "not_accepted";
}
