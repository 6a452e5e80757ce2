using System.Collections;
using System.Globalization;
using System.Numerics;

namespace Tradepost.Storage.Queries;

/// <summary>Values of any store as the few types that a result has.</summary>
internal static class PlainValue
{
    private const long MostExact = (1L << 53) - 1;

    public static object? Of(object? value) =>
        value switch
        {
            null or DBNull => null,
            long number => Whole(number),
            ulong number => Whole(number),
            BigInteger number => Whole(number),
            Int128 number => Whole(number),
            UInt128 number => Whole(number),
            string or bool or int or short or byte or sbyte or uint or ushort or float or double or decimal => value,
            DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid or byte[] => value,
            IDictionary map => map.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => Of(map[key])),
            IEnumerable list => list.Cast<object?>().Select(Of).ToList(),
            _ => value.ToString(),
        };

    /// <summary>Beyond what a double holds exactly a number is its text: most readers of JSON take every number for a double.</summary>
    private static object Whole<T>(T number)
        where T : IBinaryInteger<T> =>
        number >= T.CreateSaturating(-MostExact) && number <= T.CreateSaturating(MostExact)
            ? long.CreateChecked(number)
            : number.ToString(null, CultureInfo.InvariantCulture);

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
