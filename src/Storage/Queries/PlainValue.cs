using System.Collections;
using System.Globalization;
using System.Numerics;

namespace Tradepost.Storage.Queries;

/// <summary>Values of any store as the few types that a result has.</summary>
internal static class PlainValue
{
    public static object? Of(object? value) =>
        value switch
        {
            null or DBNull => null,
            BigInteger number => number >= long.MinValue && number <= long.MaxValue
                ? (long)number
                : number.ToString(CultureInfo.InvariantCulture),
            Int128 number => number >= long.MinValue && number <= long.MaxValue
                ? (long)number
                : number.ToString(CultureInfo.InvariantCulture),
            UInt128 number => number <= (UInt128)long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),
            string or bool or int or long or short or byte or sbyte or uint or ulong or ushort or float or double or decimal => value,
            DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid or byte[] => value,
            IDictionary map => map.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => Of(map[key])),
            IEnumerable list => list.Cast<object?>().Select(Of).ToList(),
            _ => value.ToString(),
        };

    /// <summary>About how many bytes a plain value takes as text.</summary>
    public static long SizeOf(object? value) =>
        value switch
        {
            null => 4,
            string text => text.Length + 2,
            byte[] bytes => bytes.Length,
            Dictionary<string, object?> map => 2 + map.Sum(pair => pair.Key.Length + SizeOf(pair.Value)),
            List<object?> list => 2 + list.Sum(SizeOf),
            _ => 12,
        };
}
