using System.Runtime.CompilerServices;

namespace Tradepost.DuckDb.Types;

/// <summary>Guards raw access to vectors.</summary>
internal static class PhysicalSize
{
    public static void Require<T>(TypeDescription type)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != type.Size || type.Id is DuckDbType.Varchar or DuckDbType.Blob or DuckDbType.Bit or DuckDbType.Bignum)
            throw new InvalidOperationException($"A column of type {type.Name} cannot be taken as {typeof(T).Name} ({Unsafe.SizeOf<T>()} bytes): {Remedy(type)}.");
    }

    private static string Remedy(TypeDescription type) => type.Id switch
    {
        DuckDbType.Varchar or DuckDbType.Blob => "its values are texts or bytes, see Text and SetText",
        DuckDbType.Bit or DuckDbType.Bignum => "cast it to VARCHAR in SQL",
        _ when type.Size == 0 => "its values are nested; they are read with GetValue and written with SQL",
        _ => $"its values have {type.Size} bytes",
    };
}
