namespace Tradepost.Arguments;

/// <summary>
/// An argument is the path of a file: on the command line it starts from the folder of whoever calls, wherever the job runs.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilePathAttribute : Attribute;
