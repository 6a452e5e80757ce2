using System.Runtime.InteropServices;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Learning;

/// <summary>Microsoft's LightGBM through its C interface: a booster fitted on a table of doubles, column by column.</summary>
internal sealed partial class LightGbm : IDisposable
{
    private const string Library = "lib_lightgbm";
    private const int Float32 = 0;
    private const int Float64 = 1;
    private const int ByColumns = 0;
    private const int Ordinary = 0;

    private readonly nint data;
    private readonly nint booster;

    private LightGbm(nint data, nint booster) => (this.data, this.booster) = (data, booster);

    /// <summary>A booster of so many trees.</summary>
    /// <param name="columns">All of the first column, then all of the second.</param>
    /// <param name="rows">In each column.</param>
    /// <param name="target">One number a row.</param>
    /// <param name="iterations">Trees to grow.</param>
    /// <param name="parameters">As LightGBM's command line takes them, parted by blanks.</param>
    public static LightGbm Fit(double[] columns, int rows, double[] target, int iterations, string parameters)
    {
        Check(DatasetCreateFromMat(columns, Float64, rows, columns.Length / rows, ByColumns, parameters, reference: 0, out var data));
        Check(DatasetSetField(data, "label", Array.ConvertAll(target, value => (float)value), rows, Float32));
        Check(BoosterCreate(data, parameters, out var booster));
        var fitted = new LightGbm(data, booster);
        for (var i = 0; i < iterations; i++)
        {
            Check(BoosterUpdateOneIter(booster, out _));
        }

        return fitted;
    }

    /// <summary>A number, or the probability of class 1, for each row.</summary>
    public double[] Predict(double[] columns, int rows)
    {
        var predictions = new double[rows];
        Check(
            BoosterPredictForMat(booster, columns, Float64, rows, columns.Length / rows, ByColumns, Ordinary, 0, -1, "", out _, predictions)
        );
        return predictions;
    }

    public void Dispose()
    {
        Check(BoosterFree(booster));
        Check(DatasetFree(data));
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new BenchmarkException($"LightGBM: {Marshal.PtrToStringUTF8(GetLastError())}");
        }
    }

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    private static partial nint GetLastError();

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DatasetCreateFromMat(
        double[] values,
        int type,
        int rows,
        int columns,
        int isRowMajor,
        string parameters,
        nint reference,
        out nint dataset
    );

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DatasetSetField(nint dataset, string name, float[] values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BoosterCreate(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    private static partial int BoosterUpdateOneIter(nint booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BoosterPredictForMat(
        nint booster,
        double[] values,
        int type,
        int rows,
        int columns,
        int isRowMajor,
        int kind,
        int firstIteration,
        int iterations,
        string parameters,
        out long length,
        [Out] double[] result
    );

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    private static partial int BoosterFree(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    private static partial int DatasetFree(nint dataset);
}
