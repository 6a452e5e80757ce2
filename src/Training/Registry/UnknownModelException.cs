using System.Globalization;

namespace Tradepost.Training.Registry;

/// <summary>There is no such model, or no such version of it.</summary>
public sealed class UnknownModelException : Exception
{
    public UnknownModelException(string model)
        : base($"There is no model \"{model}\".") { }

    public UnknownModelException(string model, int version)
        : base(string.Create(CultureInfo.InvariantCulture, $"There is no version {version} of {model}.")) { }
}
