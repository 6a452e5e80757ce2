using MySqlConnector;

namespace Tradepost.Storage.Sources;

/// <summary>In which form MySQL writes the values of a column as text.</summary>
internal enum MySqlForm
{
    Other,
    Whole,

    /// <summary>A whole number that MySQL may write with zeros in front, or as bits.</summary>
    Padded,
    Decimal,
    Float,
    Double,
    Text,
    Bytes,
    Day,
    Moment,
    Clock,
}

internal static class MySqlForms
{
    public static MySqlForm Of(SourceColumn column) =>
        Enum.Parse<MySqlDbType>(column.Type) switch
        {
            MySqlDbType.Bool or MySqlDbType.Byte or MySqlDbType.Int16 or MySqlDbType.Int24 or MySqlDbType.Int32 or MySqlDbType.Int64 =>
                MySqlForm.Whole,
            MySqlDbType.UByte
            or MySqlDbType.UInt16
            or MySqlDbType.UInt24
            or MySqlDbType.UInt32
            or MySqlDbType.UInt64
            or MySqlDbType.Year
            or MySqlDbType.Bit => MySqlForm.Padded,
            MySqlDbType.NewDecimal or MySqlDbType.Decimal => MySqlForm.Decimal,
            MySqlDbType.Float => MySqlForm.Float,
            MySqlDbType.Double => MySqlForm.Double,
            MySqlDbType.VarChar
            or MySqlDbType.String
            or MySqlDbType.VarString
            or MySqlDbType.TinyText
            or MySqlDbType.Text
            or MySqlDbType.MediumText
            or MySqlDbType.LongText
            or MySqlDbType.Enum
            or MySqlDbType.Set
            or MySqlDbType.JSON
            or MySqlDbType.Guid => MySqlForm.Text,
            MySqlDbType.TinyBlob
            or MySqlDbType.Blob
            or MySqlDbType.MediumBlob
            or MySqlDbType.LongBlob
            or MySqlDbType.Binary
            or MySqlDbType.VarBinary => MySqlForm.Bytes,
            MySqlDbType.Date or MySqlDbType.Newdate => MySqlForm.Day,
            MySqlDbType.DateTime or MySqlDbType.Timestamp => MySqlForm.Moment,
            MySqlDbType.Time => MySqlForm.Clock,
            _ => MySqlForm.Other,
        };
}
